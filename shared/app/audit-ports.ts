import type { NamedAccount, PlaceCoverage, SkippedAccount, UnreadAccount } from '../findings/coverage.ts';
import type { ExpectedGrant } from '../findings/expectation.ts';
import type { Change } from '../findings/finding.ts';
import type { AccountId } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Kind } from '../kinds/kind.ts';

/** Which kinds a sweep of a place reads: those of the region, and in the home region those of the whole account. */
export type Reach = Kind['reach'];

/** A place to sweep, and what to read there. */
export interface PlannedPlace extends Place {
  readonly reaches: readonly Reach[];
  /** Nothing of the place is left out: afterwards it was read as a whole. */
  readonly whole?: true;
  /** The ids of the kinds to read here; those of the audit when absent. */
  readonly kinds?: readonly string[];
}

/** What of the organization an audit reads: all of it where nothing is named. */
export interface AuditScope {
  readonly accounts?: readonly AccountId[];
  readonly regions?: readonly string[];
  /** Ids of kinds. */
  readonly kinds?: readonly string[];
  /** Accounts that are other than before: all of them, and whatever elsewhere has a policy that names one of them. */
  readonly about?: readonly AccountId[];
}

/** What an audit sets out to read. */
export interface AuditPlan {
  readonly audit: string;
  readonly startedAt: string;
  /** When the organization and trust.yml had been read for it: no sweep goes by older ones. */
  readonly plannedAt: string;
  /** The change that the audit was started for; it reads because it is time when there is none. */
  readonly cause?: Change;
  /** The organization's id. */
  readonly organization: string;
  readonly places: readonly PlannedPlace[];
  readonly scope: AuditScope;
  /** The entries of trust.yml that expect grants, as they were then. */
  readonly expected: readonly ExpectedGrant[];
  /** Every account that the organization lists. */
  readonly accounts: readonly NamedAccount[];
  readonly skipped: readonly SkippedAccount[];
  /** Accounts of which not even the regions could be read. */
  readonly unread: readonly UnreadAccount[];
}

/** The places to sweep, the accounts that are not, and the coverage so far, by audit. */
export interface AuditLog {
  writePlan(plan: AuditPlan): Promise<void>;
  readPlan(audit: string): Promise<AuditPlan>;
  /** Written once a place, when its sweep is done; a repetition replaces. */
  writeCoverage(audit: string, coverage: PlaceCoverage): Promise<void>;
  readCoverage(audit: string): AsyncIterable<PlaceCoverage>;
}

/** Starts audits between those of the schedule. */
export interface AuditStarter {
  /** Starts an audit by its name; of one that was started before, nothing more is started. */
  start(audit: string, request: AuditScope & { readonly cause?: Change }): Promise<void>;
}

/** Where reports go: a bucket, a folder. */
export interface ReportTarget {
  /** Writes one file of an audit and returns where it is (a path or an s3:// URL). */
  write(audit: string, name: string, content: string, contentType: string): Promise<string>;
}
