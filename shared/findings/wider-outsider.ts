import type { Outsider } from '../access/grant.ts';
import { takesInOrganization, takesInSource, takesInSubject } from '../access/takes-in.ts';
import { globCovers } from '../iam/glob.ts';
import { isSameOutsider } from './identity.ts';

const isRoot = (principal: string | undefined) => principal === undefined || principal.endsWith(':root');

/** Those whom every AWS account takes in. */
const ofAccounts: readonly Outsider['type'][] = ['any-account', 'account', 'account-pattern', 'organization'];

type Of<T extends Outsider['type']> = Extract<Outsider, { type: T }>;

const takesInService = (wide: Of<'service'>, narrow: Of<'service'>) =>
  takesInSource(wide.source, narrow.source) &&
  (wide.service === '*' || wide.service.toLowerCase() === narrow.service.toLowerCase());

const takesInTenant = (wide: Of<'federated'>, narrow: Of<'federated'>) =>
  wide.provider === narrow.provider && takesInSubject(wide.subject, narrow.subject);

/**
 * Whether whoever comes as `narrow` could come as `wide`, too. What is not sure is no: it is asked to say that something was
 * possible before.
 */
export function takesIn(wide: Outsider, narrow: Outsider): boolean {
  if (isSameOutsider(wide, narrow)) return true;
  switch (wide.type) {
    case 'anyone':
      return ofAccounts.includes(narrow.type) || narrow.type === 'canonical-user';
    case 'any-account':
      return ofAccounts.includes(narrow.type);
    case 'account':
      return narrow.type === 'account' && narrow.account === wide.account && isRoot(wide.principal);
    case 'account-pattern':
      if (narrow.type === 'account') return globCovers(wide.pattern, narrow.account);
      return narrow.type === 'account-pattern' && globCovers(wide.pattern, narrow.pattern);
    case 'organization':
      return narrow.type === 'organization' && takesInOrganization(wide.organization, narrow.organization);
    case 'service':
      return narrow.type === 'service' && takesInService(wide, narrow);
    case 'federated':
      return narrow.type === 'federated' && takesInTenant(wide, narrow);
    case 'canonical-user':
      return false;
    default:
      return wide satisfies never;
  }
}
