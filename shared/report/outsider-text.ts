import type { GrantCondition, Outsider } from '../access/grant.ts';

/** An outsider in a few words. Untrusted text: escape it for where it goes. */
export function outsiderText(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
      return 'anyone';
    case 'any-account':
      return 'any AWS account';
    case 'account':
      return outsider.principal ?? `account ${outsider.account}`;
    case 'account-pattern':
      return `accounts like ${outsider.pattern}`;
    case 'organization':
      return outsider.organization === '*' ? 'any organization' : `organization ${outsider.organization}`;
    case 'service':
      return `${outsider.service} for ${outsider.source === 'any' ? 'any account' : outsider.source}`;
    case 'federated':
      return outsider.subject === 'any'
        ? `any identity of ${outsider.provider}`
        : `${outsider.subject} of ${outsider.provider}`;
    case 'canonical-user':
      return `canonical user ${outsider.id}`;
    default:
      return outsider satisfies never;
  }
}

/** A remaining condition on one line, as the policy writes it. Untrusted text. */
export function conditionText({ operator, key, values }: GrantCondition): string {
  return `${operator} ${key}: ${values.join(', ')}`;
}
