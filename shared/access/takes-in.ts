import { globCovers, hasWildcard } from '../iam/glob.ts';
import { issuerOf } from '../iam/issuer.ts';
import type { GrantCondition, Outsider } from './grant.ts';
import { takesInGlob } from './region.ts';

/** An organization, or organizations, as the glob of their paths; a path as it is. */
export const asPath = (organization: string): string =>
  organization.includes('/') ? organization : `${organization}/*`;

/** Whether an organization, a path, a glob of them or `*` takes in another. */
export function takesInOrganization(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (narrow === '*') return false;
  if (!(wide.includes('/') || narrow.includes('/'))) return takesInGlob(wide, narrow);
  return takesInGlob(asPath(wide), asPath(narrow));
}

/** An account's id, or a glob of some. */
export const ofAccounts = /^[\d*?]+$/;

/** Whether that for which a service acts (`any`, accounts, organizations) takes in another such. */
export function takesInSource(wide: string, narrow: string): boolean {
  if (wide === 'any' || wide === narrow) return true;
  if (narrow === 'any' || ofAccounts.test(wide) !== ofAccounts.test(narrow)) return false;
  return ofAccounts.test(wide) ? takesInGlob(wide, narrow) : takesInOrganization(wide, narrow);
}

/** Whether the tenants of an issuer that a subject names take in those of another. */
export const takesInSubject = (wide: string, narrow: string): boolean =>
  wide === 'any' || (narrow !== 'any' && globCovers(wide, narrow));

/** Whether the outsider can take in others. */
export function isBroad(outsider: Outsider): boolean {
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
    case 'account-pattern':
      return true;
    case 'account':
      return outsider.principal === undefined;
    case 'organization':
      return !outsider.organization.includes('/') || hasWildcard(outsider.organization);
    case 'service':
      return outsider.service === '*' || !/^\d+$/.test(outsider.source);
    case 'federated':
      return outsider.subject === 'any' || hasWildcard(outsider.subject);
    case 'canonical-user':
      return false;
    default:
      return outsider satisfies never;
  }
}

/** Whether whoever the second names is among those that the first names. */
export function takesInOutsider(wide: Outsider, narrow: Outsider): boolean {
  if (wide.type === 'anyone') return true;
  if (wide.type === 'any-account') return narrow.type !== 'anyone';
  if (wide.type === 'account-pattern' && narrow.type === 'account')
    return takesInGlob(wide.pattern, narrow.account);
  return wide.type === narrow.type && takesInAlike(wide, narrow);
}

/** The same of two outsiders of one type. */
function takesInAlike(wide: Outsider, narrow: Outsider): boolean {
  if (wide.type === 'account' && narrow.type === 'account')
    return wide.account === narrow.account && [undefined, narrow.principal].includes(wide.principal);
  if (wide.type === 'account-pattern' && narrow.type === 'account-pattern')
    return takesInGlob(wide.pattern, narrow.pattern);
  if (wide.type === 'organization' && narrow.type === 'organization')
    return takesInOrganization(wide.organization, narrow.organization);
  if (wide.type === 'federated' && narrow.type === 'federated')
    return [narrow.provider, '*'].includes(wide.provider) && takesInSubject(wide.subject, narrow.subject);
  if (wide.type === 'service' && narrow.type === 'service')
    return [narrow.service, '*'].includes(wide.service) && takesInSource(wide.source, narrow.source);
  if (wide.type === 'canonical-user' && narrow.type === 'canonical-user') return wide.id === narrow.id;
  return false;
}

const namesOne = /^(?:foranyvalue:)?string(like|equals)(?:ifexists)?$/i;

/** What of an outsider's name a key says, as a glob; undefined where it says nothing. */
export function nameBy(outsider: Outsider, key: string): string | undefined {
  switch (outsider.type) {
    case 'account':
      return key === 'aws:principalaccount' ? outsider.account : undefined;
    case 'account-pattern':
      return key === 'aws:principalaccount' ? outsider.pattern : undefined;
    case 'organization':
      return placeBy(outsider.organization, key, 'aws:principalorg');
    case 'service':
      if (key === 'aws:sourceaccount') return ofAccounts.test(outsider.source) ? outsider.source : undefined;
      return /^o-|^\*$/.test(outsider.source) ? placeBy(outsider.source, key, 'aws:sourceorg') : undefined;
    case 'federated':
      return outsider.subject !== 'any' && key === issuerOf(outsider.provider).tenantKey
        ? outsider.subject
        : undefined;
    default:
      return undefined;
  }
}

/** An organization as its id's key and its paths' key say it. */
function placeBy(organization: string, key: string, start: string): string | undefined {
  const named = organization === '*' ? 'o-*' : organization;
  if (key === `${start}paths`) return asPath(named);
  if (key !== `${start}id`) return undefined;
  const [id = ''] = named.split('/', 1);
  return id === named || !hasWildcard(id) ? id : undefined;
}

/** Whether a condition says no more than the outsider's name: that the organization is the one that it is. */
export function saysName(outsider: Outsider, { key, operator, values }: GrantCondition): boolean {
  const [, how] = namesOne.exec(operator) ?? [];
  const name = how === undefined ? undefined : nameBy(outsider, key.toLowerCase());
  if (how === undefined || name === undefined) return false;
  const isGlob = how.toLowerCase() === 'like';
  return values.some((value) => (isGlob ? takesInGlob(value, name) : value === name && !hasWildcard(name)));
}
