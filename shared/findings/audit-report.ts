import type { Note } from '../access/grant.ts';
import type { AuditCoverage, NamedAccount } from './coverage.ts';
import type { AccessFinding, Cause, GapFinding, ResourceSubject, TamperFinding } from './finding.ts';
import type { PolicyChange } from './former-texts.ts';
import type { StaleExpectation } from './stale-expectations.ts';

/** A grant as the audit found it. */
export interface ReportedFinding {
  readonly finding: AccessFinding;
  /**
   * `new`: first seen by this audit. `unread`: known from before, the resource could not be read again. `expected`:
   * an entry of trust.yml covers it.
   */
  readonly status: 'new' | 'open' | 'unread' | 'expected';
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The look that first saw it as it is. */
  readonly since: string;
  /** What made us look then. */
  readonly cause: Cause;
  /** The resource's policies before that look, and now, as far as they are kept. */
  readonly policies?: PolicyChange;
}

/** What could not be read, since when. */
export interface ReportedGap {
  readonly finding: GapFinding;
  readonly status: 'new' | 'open';
  readonly firstSeen: string;
}

/** A change to what trustwatch itself needs, of the last months. */
export interface ReportedTampering {
  readonly finding: TamperFinding;
  /** Who did it, and how. */
  readonly cause: Cause;
  readonly at: string;
}

/** Something about a resource's policy that is no grant and yet worth knowing. */
export interface ReportedNote {
  readonly resource: ResourceSubject;
  readonly note: Note;
}

/** All that one audit has to say: what reports are written from. Sorted: the worst first, then by place and name. */
export interface AuditReport {
  readonly audit: string;
  readonly organization: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every account that the organization lists. */
  readonly accounts: readonly NamedAccount[];
  readonly findings: readonly ReportedFinding[];
  /** Grants that are there and wanted: no alerts. */
  readonly expected: readonly ReportedFinding[];
  /** Entries of trust.yml that can be taken out. */
  readonly stale: readonly StaleExpectation[];
  readonly gaps: readonly ReportedGap[];
  /** The newest first. */
  readonly tampering: readonly ReportedTampering[];
  readonly notes: readonly ReportedNote[];
  readonly coverage: AuditCoverage;
}
