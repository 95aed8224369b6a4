import type { Subject } from '../findings/finding.ts';
import type { SubjectRecord } from '../findings/record.ts';
import type { AccountId, Partition } from '../iam/arn.ts';
import { formatPlace, homeRegion } from '../iam/place.ts';
import { unreadLook } from './look.ts';
import type { Ports, Surroundings } from './ports.ts';

const dayMs = 86_400_000;

/** What the store knows of when places were read. */
interface Standing {
  /** The regions of accounts, and when an audit last read each as a whole; undefined for never. */
  readonly regions: ReadonlyMap<AccountId, ReadonlyMap<string, string | undefined>>;
  /** Accounts and places that are gaps for another reason: told already. */
  readonly gaps: ReadonlySet<string>;
}

const isGap = ({ sight }: SubjectRecord) => sight.state === 'unread' && sight.unread.reason !== 'overdue';

const nameOf = (subject: Extract<Subject, { type: 'place' | 'account' }>) =>
  subject.type === 'place' ? formatPlace(subject.place) : subject.account;

async function standingOf({ store }: Pick<Ports, 'store'>): Promise<Standing> {
  const regions = new Map<AccountId, Map<string, string | undefined>>();
  const gaps = new Set<string>();
  for await (const record of store.all()) {
    const { subject, lastRead } = record;
    if (subject.type !== 'place' && subject.type !== 'account') continue;
    if (isGap(record)) gaps.add(nameOf(subject));
    if (subject.type !== 'place') continue;
    const { account, region } = subject.place;
    regions.set(account, (regions.get(account) ?? new Map()).set(region, lastRead?.at));
  }
  return { regions, gaps };
}

/**
 * The places of accounts that are swept, and since when nobody has read them: of each account its home region and those
 * that it is known to have enabled, whether an audit was asked to read them or not; those that were read once of an account
 * of which that is not known.
 */
function placesToRead(
  { regions }: Standing,
  { members, enabledRegions }: Surroundings,
  partition: Partition,
) {
  const active = [...members.values()].filter(({ state }) => state === 'ACTIVE');
  return active.flatMap(({ id: account, joinedAt }) => {
    const [read, enabled] = [regions.get(account), enabledRegions.get(account)];
    const names = enabled ? Object.keys(enabled) : [...(read?.keys() ?? [])];
    return [...new Set([homeRegion(partition), ...names])].map((region) => ({
      place: { partition, account, region },
      since: read?.get(region) ?? enabled?.[region] ?? joinedAt,
    }));
  });
}

/**
 * Makes a gap of each place that no audit has read as a whole for so many days as trust.yml says, of each region that is
 * known to be enabled for as long, and of each account that joined as long ago, which none has ever read. It needs no
 * audit for that, for it may be that none runs any more. What is a gap for another reason is not told twice. The next audit that reads the place closes the gap.
 * @returns how many places are overdue
 */
export async function findOverdue(
  ports: Pick<Ports, 'store' | 'zones' | 'clock' | 'log'>,
  partition: Partition,
): Promise<{ readonly overdue: number }> {
  const surroundings = await ports.zones.zone();
  const { overdueDays } = surroundings;
  const standing = await standingOf(ports);
  const now = ports.clock.now();
  const at = now.toISOString();
  const limit = new Date(now.getTime() - overdueDays * dayMs).toISOString();
  // A day's gaps are one storm when they are many.
  const cause = { by: 'audit', audit: `overdue-${at.slice(0, 10)}` } as const;
  let overdue = 0;
  for (const { place, since } of placesToRead(standing, surroundings, partition)) {
    if (since !== undefined && since > limit) continue;
    if (standing.gaps.has(place.account) || standing.gaps.has(formatPlace(place))) continue;
    const message = `no audit has read it as a whole since ${since ?? 'the account joined'}; at most ${overdueDays} days may go by`;
    await ports.store.settle(unreadLook({ type: 'place', place }, at, cause, { reason: 'overdue', message }));
    overdue += 1;
  }
  ports.log.info('looked for places that nobody reads', { accounts: standing.regions.size, overdue });
  return { overdue };
}
