import type { Subject } from '../findings/finding.ts';
import type { SubjectRecord } from '../findings/record.ts';
import type { AccountId, Partition } from '../iam/arn.ts';
import { formatPlace, homeRegion, type Place } from '../iam/place.ts';
import { unreadLook } from './look.ts';
import type { Member, Ports } from './ports.ts';

const dayMs = 86_400_000;

/** What the store knows of when places were read. */
interface Standing {
  /** Places by name, and when an audit last read them as a whole; undefined for never. */
  readonly places: ReadonlyMap<string, { readonly place: Place; readonly readAt: string | undefined }>;
  /** Accounts and places that are gaps for another reason: told already. */
  readonly gaps: ReadonlySet<string>;
}

const isGap = ({ sight }: SubjectRecord) => sight.state === 'unread' && sight.unread.reason !== 'overdue';

const nameOf = (subject: Extract<Subject, { type: 'place' | 'account' }>) =>
  subject.type === 'place' ? formatPlace(subject.place) : subject.account;

async function standingOf({ store }: Pick<Ports, 'store'>): Promise<Standing> {
  const places = new Map<string, { place: Place; readAt: string | undefined }>();
  const gaps = new Set<string>();
  for await (const record of store.all()) {
    const { subject, lastRead } = record;
    if (subject.type !== 'place' && subject.type !== 'account') continue;
    if (isGap(record)) gaps.add(nameOf(subject));
    if (subject.type === 'place') places.set(nameOf(subject), { place: subject.place, readAt: lastRead?.at });
  }
  return { places, gaps };
}

/** The places of accounts that are swept: those that were read once, and of each account its home region. */
function placesToRead({ places }: Standing, members: ReadonlyMap<AccountId, Member>, partition: Partition) {
  const region = homeRegion(partition);
  const active = [...members.values()].filter(({ state }) => state === 'ACTIVE');
  const homes = active.map(({ id, joinedAt }) => ({
    place: { partition, account: id, region },
    readAt: joinedAt,
  }));
  const isActive = new Set(active.map(({ id }) => id));
  const known = [...places.values()].filter(({ place }) => isActive.has(place.account));
  return new Map(
    [...homes, ...known].map(({ place, readAt }) => [
      formatPlace(place),
      { place, since: readAt ?? members.get(place.account)?.joinedAt },
    ]),
  );
}

/**
 * Makes a gap of each place that no audit has read as a whole for so many days as trust.yml says, and of each account
 * that joined as long ago and was never read. It needs no audit for that, for it may be that none runs any more.
 * What is a gap for another reason is not told twice. The next audit that reads the place closes the gap.
 * @returns how many places are overdue
 */
export async function findOverdue(
  ports: Pick<Ports, 'store' | 'zones' | 'clock' | 'log'>,
  partition: Partition,
): Promise<{ readonly overdue: number }> {
  const { members, overdueDays } = await ports.zones.zone();
  const standing = await standingOf(ports);
  const now = ports.clock.now();
  const at = now.toISOString();
  const limit = new Date(now.getTime() - overdueDays * dayMs).toISOString();
  // A day's gaps are one storm when they are many.
  const cause = { by: 'audit', audit: `overdue-${at.slice(0, 10)}` } as const;
  let overdue = 0;
  for (const { place, since } of placesToRead(standing, members, partition).values()) {
    if (since !== undefined && since > limit) continue;
    if (standing.gaps.has(place.account) || standing.gaps.has(formatPlace(place))) continue;
    const message = `no audit has read it as a whole since ${since ?? 'the account joined'}; at most ${overdueDays} days may go by`;
    await ports.store.settle(unreadLook({ type: 'place', place }, at, cause, { reason: 'overdue', message }));
    overdue += 1;
  }
  ports.log.info('looked for places that nobody reads', { places: standing.places.size, overdue });
  return { overdue };
}
