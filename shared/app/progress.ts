import type { KindCoverage, PlaceCoverage } from '../findings/coverage.ts';
import type { Place } from '../iam/place.ts';

/** What an audit tells while it works. */
export type Progress =
  | {
      readonly type: 'planned';
      readonly places: number;
      /** Accounts to sweep, accounts listed and not swept, accounts that cannot be read. */
      readonly accounts: number;
      readonly skipped: number;
      readonly unread: number;
    }
  | { readonly type: 'kind-swept'; readonly place: Place; readonly coverage: KindCoverage }
  | { readonly type: 'place-swept'; readonly coverage: PlaceCoverage };

export type TellProgress = (step: Progress) => void;
