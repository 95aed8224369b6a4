import type { Outsider } from '../access/grant.ts';
import { parseArn } from '../iam/arn.ts';

function accountName(account: string, principal: string | undefined): string {
  const name = principal === undefined ? undefined : (parseArn(principal)?.resource ?? principal);
  return name === undefined || name === 'root' ? `account ${account}` : `${name} of account ${account}`;
}

function organizationName(organization: string): string {
  return organization === '*' ? 'any organization' : `organization ${organization}`;
}

/** An outsider as the subject of a sentence: `role/ci of account 222222222222`. Untrusted text. */
export function outsiderName(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
      return 'anyone';
    case 'any-account':
      return 'any AWS account';
    case 'account':
      return accountName(outsider.account, outsider.principal);
    case 'account-pattern':
      return `accounts like ${outsider.pattern}`;
    case 'organization':
      return organizationName(outsider.organization);
    case 'service':
      return `${outsider.service === '*' ? 'any service' : outsider.service} for ${outsider.source === 'any' ? 'any account' : outsider.source}`;
    case 'federated':
      return outsider.subject === 'any'
        ? `anyone of ${outsider.provider}`
        : `${outsider.subject} of ${outsider.provider}`;
    case 'canonical-user':
      return `canonical user ${outsider.id}`;
    default:
      return outsider satisfies never;
  }
}
