import type { Outsider } from '../access/grant.ts';
import { parseArn } from '../iam/arn.ts';
import { originAccessIdentityOf } from '../iam/principal-text.ts';

function accountName(account: string, principal: string | undefined): string {
  const identity = principal && originAccessIdentityOf(principal);
  if (identity) return `the CloudFront origin access identity ${identity}`;
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

/** Whether an outsider's name begins with a word of ours, which may take a capital, and not with a name. */
export function beginsWithWord(outsider: Outsider): boolean {
  switch (outsider.type) {
    case 'account':
      return /^(?:account|the) /.test(accountName(outsider.account, outsider.principal));
    case 'service':
      return outsider.service === '*';
    case 'federated':
      return outsider.subject === 'any';
    default:
      return true;
  }
}
