import { InputError } from '../errors.ts';
import type { KindCoverage } from '../findings/coverage.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { Kind } from '../kinds/kind.ts';

/** Where the sweep of a place stands between two invocations. What of an unfinished kind was looked at, the store tells. */
export interface SweepStanding {
  readonly finished: readonly KindCoverage[];
  readonly invocations: number;
  /** When the first of them began. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** The time that unfinished kinds have taken, by their ids. */
  readonly spentMs: Readonly<Record<string, number>>;
}

/** A kind that is not read to its end, and the time that it has taken. */
export interface KindLeft {
  readonly kind: Kind;
  readonly durationMs: number;
}

/** What an invocation has swept, with the time of those before it. */
export function timedFromTheStart(
  { spentMs }: SweepStanding,
  { read, left }: { readonly read: readonly KindCoverage[]; readonly left: readonly KindLeft[] },
) {
  const before = (kind: string) => spentMs[kind] ?? 0;
  return {
    read: read.map((each) => ({ ...each, durationMs: before(each.kind) + each.durationMs })),
    left: left.map(({ kind, durationMs }) => ({ kind, durationMs: before(kind.id) + durationMs })),
  };
}

export const spentOn = (left: readonly KindLeft[]): SweepStanding['spentMs'] =>
  Object.fromEntries(left.map(({ kind, durationMs }) => [kind.id, durationMs]));

export function formatCursor(standing: SweepStanding): string {
  return JSON.stringify(standing);
}

/** Where a cursor says that the sweep stands; at its beginning without one. */
export function parseCursor(cursor: string | undefined, place: Place, now: string): SweepStanding {
  if (cursor === undefined)
    return { finished: [], invocations: 0, startedAt: now, elapsedMs: 0, spentMs: {} };
  try {
    return JSON.parse(cursor) as SweepStanding;
  } catch (error) {
    throw new InputError(
      `the cursor of ${formatPlace(place)}`,
      `not what a sweep wrote (${(error as Error).message})`,
      'sweep the place again without a cursor',
    );
  }
}
