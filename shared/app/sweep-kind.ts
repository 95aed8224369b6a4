import type { KindCoverage } from '../findings/coverage.ts';
import type { Cause, Unread, UnreadReason } from '../findings/finding.ts';
import type { Sight, SubjectRecord } from '../findings/record.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { Kind, Listed } from '../kinds/kind.ts';
import { outcomeOf } from '../kinds/outcome.ts';
import { forEachBounded } from './bounded.ts';
import { absentLook, type Looking, lookAt, readLook, unreadLook, unreadOf } from './look.ts';
import type { Ports, Session, Store, Surroundings } from './ports.ts';

/** Kept free at the end of an invocation: for the looks that still run, and for writing where to go on. */
export const reserveMs = 45_000;

/** Resources of one kind that are read at a time. */
const resourceConcurrency = 8;

export interface KindSweep {
  readonly kind: Kind;
  readonly place: Place;
  readonly session: Session;
  readonly cause: Cause;
  /** The audit that sweeps, where a change was the reason for it. */
  readonly audit?: string | undefined;
  readonly surroundings: Surroundings;
}

/** As much of a sight as is counted. */
type Seen = Exclude<Sight['state'], 'unread'> | UnreadReason;

const seenOf = (sight: Sight): Seen => (sight.state === 'unread' ? sight.unread.reason : sight.state);

/** What the store knew of a resource before the sweep; `swept`: the same sweep has already looked, before a break. */
interface Known {
  readonly sight: Seen;
  readonly swept: boolean;
  /** Gone, and without a finding: nothing to tell any more. */
  readonly buried: boolean;
}

type Ending = 'listed' | 'not-usable' | 'out-of-time' | Unread;

const isSameSweep = (a: Cause, b: Cause) =>
  a.by === 'audit' ? b.by === 'audit' && a.audit === b.audit : b.by === 'change' && a.eventId === b.eventId;

async function knownBefore(store: Store, { kind, place, cause }: KindSweep) {
  const resources = new Map<string, Known>();
  let own: SubjectRecord | undefined;
  for await (const record of store.records(place, kind.id)) {
    if (record.subject.type !== 'resource') own = record;
    else
      resources.set(record.subject.arn, {
        sight: seenOf(record.sight),
        swept: isSameSweep(record.cause, cause),
        buried:
          record.sight.state === 'absent' && record.sight.why === 'gone' && record.findings.length === 0,
      });
  }
  return { resources, own };
}

/** Counts what the looks saw. */
function tally() {
  const numbers = new Map<Seen, number>();
  const count = (seen: Seen) => void numbers.set(seen, (numbers.get(seen) ?? 0) + 1);
  const counts = () => {
    const {
      present = 0,
      read = 0,
      absent = 0,
      ...unreadBy
    } = Object.fromEntries([...numbers].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const unreadResources = Object.values(unreadBy).reduce((sum, number) => sum + number, 0);
    return { present: present + read, absent, unreadResources, ...(unreadResources > 0 && { unreadBy }) };
  };
  return { counts, count };
}

/** The kind's resources; `end` is told how the listing ended, unless it is broken off. */
async function* listing({ kind, place }: KindSweep, connection: unknown, end: (ending: Ending) => void) {
  try {
    yield* kind.list(connection, place);
    end('listed');
  } catch (error) {
    end(outcomeOf(kind, error) === 'not-usable' ? 'not-usable' : unreadOf(kind, error));
  }
}

/** Looks at every listed resource until the listing or the time ends. Settles each look by itself. */
async function lookAtAll(
  store: Store,
  sweep: KindSweep,
  at: string,
  known: ReadonlyMap<string, Known>,
  remainingMs: () => number,
) {
  const { kind, place, session, cause, audit, surroundings } = sweep;
  const connection = await kind.connect(session.open(place.region), place);
  const looking: Looking = { kind, place, connection, cause, audit, surroundings, at };
  const listed = new Set<string>();
  const { counts, count } = tally();
  let ending: Ending = 'out-of-time';
  async function* inTime(items: AsyncIterable<Listed>) {
    for await (const item of items) {
      if (remainingMs() < reserveMs) return;
      yield item;
    }
  }
  const items = listing(sweep, connection, (how) => {
    ending = how;
  });
  await forEachBounded(inTime(items), resourceConcurrency, async (item) => {
    if (listed.has(item.arn)) return;
    listed.add(item.arn);
    const before = known.get(item.arn);
    if (before?.swept) return count(before.sight);
    const look = await lookAt(looking, item);
    // Known by what it is kept as, where that is not what the service wrote.
    if (look.subject.type === 'resource') listed.add(look.subject.arn);
    await store.settle(look);
    count(seenOf(look.sight));
  });
  return { looking, listed, counts: counts(), ending: ending as Ending };
}

/** Settles as gone what was known and is not listed any more. */
async function buryUnlisted(
  store: Store,
  looking: Looking,
  known: ReadonlyMap<string, Known>,
  listed: ReadonlySet<string>,
): Promise<void> {
  for (const [arn, { buried }] of known)
    if (!buried && !listed.has(arn)) await store.settle(absentLook(looking, arn, 'gone'));
}

/** A service that could be used here before, and now says that it cannot: we believe it only where nothing is known. */
function believed(ending: Exclude<Ending, 'out-of-time'>, known: ReadonlyMap<string, Known>, where: string) {
  if (ending !== 'not-usable' || ![...known.values()].some(({ buried }) => !buried)) return ending;
  return {
    reason: 'failed',
    message: `the service says that it cannot be used in ${where} any more`,
  } as const;
}

/**
 * Reads every resource of one kind in one place, and settles one look each. A listing that was read to its end
 * also tells what is gone; one that was not is a gap, and resolves nothing. `out-of-time` when the time ran short:
 * called again with the same cause, it goes on where it was.
 */
export async function sweepKind(
  ports: Pick<Ports, 'store' | 'clock'>,
  sweep: KindSweep,
  remainingMs: () => number,
): Promise<Omit<KindCoverage, 'durationMs'> | 'out-of-time'> {
  const { store, clock } = ports;
  const { kind, place, cause } = sweep;
  const { resources: known, own } = await knownBefore(store, sweep);
  const at = clock.now().toISOString();
  const { looking, listed, counts, ending } = await lookAtAll(store, sweep, at, known, remainingMs);
  if (ending === 'out-of-time') return ending;
  const outcome = believed(ending, known, formatPlace(place));
  const subject = { type: 'kind', place, kind: kind.id } as const;
  if (typeof outcome === 'object') {
    await store.settle(unreadLook(subject, at, cause, outcome));
    return { kind: kind.id, outcome: 'unread', unread: outcome, ...counts };
  }
  await buryUnlisted(store, looking, known, listed);
  if (own !== undefined && own.findings.length > 0) await store.settle(readLook(subject, at, cause));
  return { kind: kind.id, outcome, ...counts };
}
