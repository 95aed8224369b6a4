import type { TrustConfig } from '../config/trust.ts';
import { zoneOf } from '../config/zone-of.ts';
import type { Unread } from '../findings/finding.ts';
import type { AccountId } from '../iam/arn.ts';
import { boundedZones, unknownMembers } from './bounded-zones.ts';
import { type AttachedPolicy, controlsOf } from './controls.ts';
import { type Departed, formerMembers, isInside } from './membership.ts';
import type { LearnedAccounts, Member, Surroundings } from './ports.ts';

/** What is known of an organization. */
export interface KnownOrganization {
  readonly id: string;
  readonly managementAccount: AccountId;
  readonly accounts: readonly Member[];
  /** Who was listed once and is not any more, as far as that was seen. */
  readonly departed?: readonly Departed[];
  readonly controls: readonly AttachedPolicy[] | Unread;
}

/** What decisions are made against, from the organization, trust.yml, and what is wrong with the newest trust.yml. */
export function surroundingsOf(
  { id, managementAccount, accounts, departed = [], controls }: KnownOrganization,
  learned: LearnedAccounts,
  trust: TrustConfig,
  now: Date,
  trustProblem?: string,
): Surroundings {
  const unread =
    'reason' in controls
      ? [
          `the resource control policies cannot be read (${controls.message}); findings may stand here that they forbid`,
        ]
      : [];
  const users = new Map(
    [...learned].flatMap(([account, { canonicalUser }]) =>
      canonicalUser === undefined ? [] : [[account, canonicalUser] as const],
    ),
  );
  const inside = accounts.filter(isInside);
  const unknown = unknownMembers(trust.boundaries, inside);
  const problem = [trustProblem, ...unread, unknown].filter((each) => each !== undefined).join('; ');
  const own = inside.map((account) => account.id);
  const known = own.flatMap((account) => users.get(account) ?? []);
  const zone = { ...zoneOf(id, own, trust, now), canonicalUsers: known };
  return {
    zone,
    members: new Map(accounts.map((account) => [account.id, account])),
    former: formerMembers(accounts, departed),
    canonicalUsers: users,
    enabledRegions: new Map([...learned].map(([account, { regions }]) => [account, regions])),
    controls: controlsOf('reason' in controls ? [] : controls, accounts, managementAccount),
    expected: trust.expected,
    deployers: trust.watch.deployers,
    overdueDays: trust.watch.overdueDays,
    boundaries: boundedZones(trust.boundaries, inside, zone, users),
    namelessAccounts: own.length - known.length,
    vendors: new Map(
      trust.vendors.toReversed().flatMap(({ name, accounts }) => accounts.map((id) => [id, name])),
    ),
    ...(problem !== '' && { problem }),
  };
}
