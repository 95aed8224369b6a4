import type { Zone } from '../access/zone.ts';
import type { Boundary } from '../config/trust-schema.ts';
import type { AccountId } from '../iam/arn.ts';
import type { CanonicalUsers, Member } from './ports.ts';

/** A boundary, and who counts as inside of it. */
export interface BoundedZone {
  readonly name: string;
  readonly zone: Zone;
}

const isBelow = (path: string, unit: string) => path.startsWith(unit.replace(/\*$/, ''));

const isMember = ({ accounts, organizationPaths }: Boundary, { id, paths }: Member) =>
  accounts.includes(id) || organizationPaths.some((unit) => paths.some((path) => isBelow(path, unit)));

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

/** Says that accounts have no unit that we know of, where boundaries are drawn by unit: nobody watches there. */
export function unknownUnits(
  boundaries: readonly Boundary[],
  accounts: readonly Member[],
): string | undefined {
  const byUnit = boundaries.some(({ organizationPaths }) => organizationPaths.length > 0);
  const unknown = accounts.filter(({ paths }) => paths.length === 0);
  if (!byUnit || unknown.length === 0) return undefined;
  return `the organizational unit of ${unknown.length} accounts is not known, and boundaries by unit do not see them`;
}
