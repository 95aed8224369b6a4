import type { AccountId } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Unread, UnreadReason } from './finding.ts';

/** Resources that could not be read, by why; a reason of which there is none is left out. */
export type UnreadCounts = Readonly<Partial<Record<UnreadReason, number>>>;

/** How one kind was read in one place. */
export interface KindCoverage {
  readonly kind: string;
  /** `listed`: its resources were listed to the end. `not-usable`: the service is not to be had here. */
  readonly outcome: 'listed' | 'not-usable' | 'unread';
  /** Why the list was not read to its end. */
  readonly unread?: Unread;
  /** Resources with a policy, without one, and unread ones. */
  readonly present: number;
  readonly absent: number;
  readonly unreadResources: number;
  /** The unread ones by why; left out where there are none. */
  readonly unreadBy?: UnreadCounts;
  /** From asking for its list to the last look, beside the other kinds; of all invocations together. */
  readonly durationMs: number;
}

/** How one place was read in one audit. */
export interface PlaceCoverage {
  readonly place: Place;
  /** Set when nothing of the place could be read. */
  readonly unread?: Unread;
  readonly kinds: readonly KindCoverage[];
  readonly durationMs: number;
}

/** An account by the name that the organization gives it: untrusted text. */
export interface NamedAccount {
  readonly account: AccountId;
  readonly name: string;
}

/** An account that was listed and not swept, and why (suspended, closed, left out by the command line). */
export interface SkippedAccount extends NamedAccount {
  readonly why: string;
}

/** An account of which nothing could be read, and why. */
export interface UnreadAccount {
  readonly account: AccountId;
  readonly unread: Unread;
}

/** What one audit saw of the organization. */
export interface AuditCoverage {
  readonly audit: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every planned place: one whose sweep did not finish is unread for `not-finished`. */
  readonly places: readonly PlaceCoverage[];
  readonly unread: readonly UnreadAccount[];
  readonly skipped: readonly SkippedAccount[];
}
