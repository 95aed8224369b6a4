import type { KindCoverage, PlaceCoverage } from '../findings/coverage.ts';
import type { Cause, Change, Unread } from '../findings/finding.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { Kind } from '../kinds/kind.ts';
import type { PlannedPlace } from './audit-ports.ts';
import { selectKinds } from './kind-selection.ts';
import { readLook, unreadLook } from './look.ts';
import type { Ports } from './ports.ts';
import type { TellProgress } from './progress.ts';
import {
  formatCursor,
  type KindLeft,
  parseCursor,
  type SweepStanding,
  spentOn,
  timedFromTheStart,
} from './sweep-cursor.ts';
import { sweepKinds } from './sweep-kinds.ts';

/** A sweep that is not done after so many invocations never will be. */
const maxInvocations = 100;

export interface PlaceSweep {
  readonly audit: string;
  readonly place: PlannedPlace;
  /** The ids of the kinds to read; every kind when absent. */
  readonly kinds?: readonly string[];
  /** Of the plan: no older surroundings are gone by. */
  readonly plannedAt?: string;
  /** The change that the audit was started for. */
  readonly cause?: Change;
  /** Where the invocation before this one stopped. */
  readonly cursor?: string;
}

/** Done, or where the next invocation goes on. */
export type SweepResult = { readonly done: true } | { readonly done: false; readonly cursor: string };

type SweepPorts = Pick<Ports, 'kinds' | 'sessions' | 'store' | 'auditLog' | 'zones' | 'clock' | 'log'>;

async function sweepUnreadable(
  ports: SweepPorts,
  sweep: PlaceSweep,
  cause: Cause,
  unread: Unread,
): Promise<PlaceCoverage> {
  const { account } = sweep.place;
  const at = ports.clock.now().toISOString();
  await ports.store.settle(unreadLook({ type: 'account', account }, at, cause, unread));
  return { place: placeOf(sweep.place), unread, kinds: [], durationMs: 0 };
}

const placeOf = ({ partition, account, region }: Place): Place => ({ partition, account, region });

function notFinished(kind: Kind, durationMs: number): KindCoverage {
  const message = `not read to its end in ${maxInvocations} invocations`;
  const unread = { reason: 'not-finished', message } as const;
  const counts = { present: 0, absent: 0, unreadResources: 0 };
  return { kind: kind.id, outcome: 'unread', unread, ...counts, durationMs };
}

/** Gives up on kinds that would never be finished: each becomes a gap. */
async function giveUp(ports: SweepPorts, place: Place, cause: Cause, left: readonly KindLeft[]) {
  const at = ports.clock.now().toISOString();
  const coverages = left.map(({ kind, durationMs }) => notFinished(kind, durationMs));
  for (const { kind, unread } of coverages)
    if (unread) await ports.store.settle(unreadLook({ type: 'kind', place, kind }, at, cause, unread));
  return coverages;
}

/** A coverage in the few words of a log line. */
function summaryOf({ unread, kinds, durationMs }: PlaceCoverage) {
  const unreadKinds = kinds.filter(({ outcome }) => outcome === 'unread').map(({ kind }) => kind);
  return { kinds: kinds.length, unreadKinds, durationMs, ...(unread && { unread: unread.reason }) };
}

/** The kinds that this sweep reads in its place and that no invocation before has finished. */
function kindsToSweep(all: readonly Kind[], { place, kinds }: PlaceSweep, { finished }: SweepStanding) {
  const isFinished = ({ id }: Kind) => finished.some(({ kind }) => kind === id);
  return selectKinds(all, place.kinds ?? kinds).filter(
    (kind) => place.reaches.includes(kind.reach) && !isFinished(kind),
  );
}

/**
 * Reads the kinds of one place side by side, settles a look per resource, and writes the coverage when all are
 * read. Stops in time when `remainingMs` runs short and returns where to go on. A place whose account gives no
 * session is one gap of the account; nothing of it is resolved.
 */
export async function sweepPlace(
  ports: SweepPorts,
  sweep: PlaceSweep,
  remainingMs: () => number,
  tell: TellProgress = () => {},
): Promise<SweepResult> {
  const { auditLog, clock, log } = ports;
  const { audit, cause = { by: 'audit', audit } } = sweep;
  const started = clock.now();
  const place = placeOf(sweep.place);
  const standing = parseCursor(sweep.cursor, place, started.toISOString());
  const conclude = async (coverage: PlaceCoverage) => {
    await auditLog.writeCoverage(audit, coverage);
    log.info('place swept', { audit, place: formatPlace(place), ...summaryOf(coverage) });
    tell({ type: 'place-swept', coverage });
    return { done: true } as const;
  };

  const session = await ports.sessions.assume(place.account);
  if ('reason' in session) return conclude(await sweepUnreadable(ports, sweep, cause, session));
  const { plannedAt } = sweep;
  const surroundings = await ports.zones.zone(plannedAt === undefined ? undefined : { since: plannedAt });
  const kinds = kindsToSweep(ports.kinds, sweep, standing);
  const kindSweep = { place, session, cause, audit: sweep.cause && audit, surroundings };
  const swept = await sweepKinds(ports, kinds, kindSweep, remainingMs, tell);

  const { read, left } = timedFromTheStart(standing, swept);
  const finished = [...standing.finished, ...read];
  const { startedAt } = standing;
  const invocations = standing.invocations + 1;
  const elapsedMs = standing.elapsedMs + clock.now().getTime() - started.getTime();
  if (left.length > 0 && invocations < maxInvocations)
    return {
      done: false,
      cursor: formatCursor({ finished, invocations, startedAt, elapsedMs, spentMs: spentOn(left) }),
    };
  const all = [...finished, ...(await giveUp(ports, place, cause, left))];
  // That it was read as a whole, and when: a place that nobody reads any more shows by that.
  if (sweep.place.whole) await ports.store.settle(readLook({ type: 'place', place }, startedAt, cause));
  return conclude({ place, kinds: all.toSorted(byKind), durationMs: elapsedMs });
}

const byKind = (a: KindCoverage, b: KindCoverage) => (a.kind < b.kind ? -1 : 1);
