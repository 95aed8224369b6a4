import type { Zone } from '../access/zone.ts';
import type { Boundary } from '../config/trust-schema.ts';
import type { AccountId } from '../iam/arn.ts';
import { goesByTags } from './member-tags.ts';
import type { CanonicalUsers, Member } from './ports.ts';

/** A boundary, and who counts as inside of it. */
export interface BoundedZone {
  readonly name: string;
  readonly zone: Zone;
}

const isBelow = (path: string, unit: string) => path.startsWith(unit.replace(/\*$/, ''));

const isMember = (boundary: Boundary, { id, paths, tags = {} }: Member) =>
  boundary.accounts.includes(id) ||
  boundary.organizationPaths.some((unit) => paths.some((path) => isBelow(path, unit))) ||
  boundary.tags.some(({ key, value }) => Object.hasOwn(tags, key) && tags[key] === value);

/**
 * The zone with the organization taken out and the members of these boundaries put in. Whoever trust.yml adds from
 * outside stays inside: a boundary is a line within the organization.
 */
function narrowed(
  zone: Zone,
  accounts: readonly Member[],
  users: CanonicalUsers,
  allowed: readonly Boundary[],
): Zone {
  const { organization, ...rest } = zone;
  const own = new Set(accounts.map(({ id }) => id));
  const members = accounts.filter((account) => allowed.some((boundary) => isMember(boundary, account)));
  return {
    ...rest,
    ...(organization !== undefined && { ownerOrganization: organization }),
    accounts: [...zone.accounts.filter((id) => !own.has(id)), ...members.map(({ id }) => id)],
    organizationPaths: [
      ...zone.organizationPaths,
      ...allowed.flatMap(({ organizationPaths }) => organizationPaths),
    ],
    canonicalUsers: members.flatMap(({ id }) => users.get(id) ?? []),
  };
}

/** The boundaries that an account is within, each with its zone. */
export function boundedZones(
  boundaries: readonly Boundary[],
  accounts: readonly Member[],
  zone: Zone,
  users: CanonicalUsers,
): (owner: AccountId) => readonly BoundedZone[] {
  const byAccount = new Map<AccountId, BoundedZone[]>();
  for (const boundary of boundaries) {
    const allowed = boundaries.filter(({ name }) => name === boundary.name || boundary.trusts.includes(name));
    const bounded = { name: boundary.name, zone: narrowed(zone, accounts, users, allowed) };
    for (const account of accounts)
      if (isMember(boundary, account))
        byAccount.set(account.id, [...(byAccount.get(account.id) ?? []), bounded]);
  }
  return (owner) => byAccount.get(owner) ?? [];
}

/** Says that of accounts we do not know what boundaries go by, their unit or their tags: nobody watches there. */
export function unknownMembers(
  boundaries: readonly Boundary[],
  accounts: readonly Member[],
): string | undefined {
  const byUnit = boundaries.some(({ organizationPaths }) => organizationPaths.length > 0);
  const unplaced = byUnit ? accounts.filter(({ paths }) => paths.length === 0).length : 0;
  const untold = goesByTags(boundaries) ? accounts.filter(({ tags }) => tags === undefined).length : 0;
  const problems = [
    unplaced > 0 &&
      `the organizational unit of ${unplaced} accounts is not known, and boundaries by unit do not see them`,
    untold > 0 && `the tags of ${untold} accounts are not known, and boundaries by tag do not see them`,
  ].filter((each) => each !== false);
  return problems.length === 0 ? undefined : problems.join('; ');
}
