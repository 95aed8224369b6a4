import { InputError } from '../errors.ts';
import type { KindCoverage } from '../findings/coverage.ts';
import { formatPlace, type Place } from '../iam/place.ts';

/** Where the sweep of a place stands between two invocations. What of an unfinished kind was looked at, the store tells. */
export interface SweepStanding {
  readonly finished: readonly KindCoverage[];
  readonly invocations: number;
  /** When the first of them began. */
  readonly startedAt: string;
  readonly elapsedMs: number;
}

export function formatCursor(standing: SweepStanding): string {
  return JSON.stringify(standing);
}

/** Where a cursor says that the sweep stands; at its beginning without one. */
export function parseCursor(cursor: string | undefined, place: Place, now: string): SweepStanding {
  if (cursor === undefined) return { finished: [], invocations: 0, startedAt: now, elapsedMs: 0 };
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
