import type { Note } from '../access/grant.ts';
import type { Difference } from './difference.ts';
import type { Cause, Finding, Subject, Unread } from './finding.ts';

/** One policy text of a resource. Untrusted. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/**
 * What one look at a subject gave: *present*, *absent* or *unread*. Unread is never absent. A subject that only
 * carries gaps (a kind, a place, an account, the configuration) is *read* or *unread*.
 */
export type Sight =
  | {
      readonly state: 'present';
      readonly policyHash: string;
      /** The policy texts as they were read, bounded; records of older versions have none. */
      readonly policies?: readonly PolicyText[];
    }
  | { readonly state: 'absent'; readonly why: 'no-policy' | 'gone' }
  | { readonly state: 'read' }
  | { readonly state: 'unread'; readonly unread: Unread };

/** One look at one subject. */
export interface Look {
  readonly subject: Subject;
  /** When the look began, ISO 8601 in UTC with milliseconds: an older look never overwrites a newer one. */
  readonly at: string;
  readonly cause: Cause;
  readonly sight: Sight;
  /** The findings of this look; empty when unread: there the former ones stay, and settling adds the gap. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/** A finding as the store keeps it. */
export interface KeptFinding {
  readonly finding: Finding;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** What made us look when it was first seen as it is: for a change, who made it. */
  readonly cause: Cause;
}

/** The last look that could read. An unread look does not touch it. */
interface LastRead {
  readonly at: string;
  readonly cause: Cause;
  readonly sight: Exclude<Sight, { readonly state: 'unread' }>;
}

/** All that the store knows of one subject: one item, written whole, so that a look is settled or not at all. */
export interface SubjectRecord {
  readonly subject: Subject;
  /** When the newest look began, whether it could read or not. */
  readonly lookedAt: string;
  readonly cause: Cause;
  readonly sight: Sight;
  readonly lastRead?: LastRead;
  readonly findings: readonly KeptFinding[];
  readonly notes: readonly Note[];
}

/**
 * What publishing tells of one finding. `new` opens an alert, `changed` speaks of an open one, `resolved` and
 * `expected` close it. What is expected from its first look on is never told.
 */
export interface Transition {
  /** The same for the same transition, however often it is computed: receivers drop repetitions by it. */
  readonly id: string;
  readonly status: 'new' | 'changed' | 'expected' | 'resolved';
  readonly finding: Finding;
  /** The finding before, when it changed or is not expected any more; of a new one, what the outsider could do until now. */
  readonly before?: Finding;
  /** What the outsider can do now and could not before; of a finding with a `before`. */
  readonly newlyPossible?: Difference;
  /** The resource's policy texts before and after, where they were read. */
  readonly policies?: { readonly before?: readonly PolicyText[]; readonly after?: readonly PolicyText[] };
  readonly firstSeen: string;
  readonly at: string;
  readonly cause: Cause;
}
