import type { TrustConfig } from '../config/trust.ts';
import { zoneOf } from '../config/zone-of.ts';
import type { Unread } from '../findings/finding.ts';
import type { AccountId } from '../iam/arn.ts';
import { boundedZones, unknownUnits } from './bounded-zones.ts';
import { type AttachedPolicy, controlsOf } from './controls.ts';
import type { Account, CanonicalUsers, Surroundings } from './ports.ts';

/** What is known of an organization. */
export interface KnownOrganization {
  readonly id: string;
  readonly managementAccount: AccountId;
  readonly accounts: readonly Pick<Account, 'id' | 'paths'>[];
  readonly controls: readonly AttachedPolicy[] | Unread;
}

/** What decisions are made against, from the organization, trust.yml, and what is wrong with the newest trust.yml. */
export function surroundingsOf(
  { id, managementAccount, accounts, controls }: KnownOrganization,
  users: CanonicalUsers,
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
  const unknown = unknownUnits(trust.boundaries, accounts);
  const problem = [trustProblem, ...unread, unknown].filter((each) => each !== undefined).join('; ');
  const own = accounts.map((account) => account.id);
  const canonicalUsers = own.flatMap((account) => users.get(account) ?? []);
  const zone = { ...zoneOf(id, own, trust, now), canonicalUsers };
  return {
    zone,
    controls: controlsOf('reason' in controls ? [] : controls, accounts, managementAccount),
    expected: trust.expected,
    deployers: trust.watch.deployers,
    overdueDays: trust.watch.overdueDays,
    boundaries: boundedZones(trust.boundaries, accounts, zone, users),
    namelessAccounts: own.length - canonicalUsers.length,
    vendors: new Map(
      trust.vendors.toReversed().flatMap(({ name, accounts }) => accounts.map((id) => [id, name])),
    ),
    ...(problem !== '' && { problem }),
  };
}
