import type { Note } from '../access/grant.ts';
import type { Difference } from './difference.ts';
import type { Cause, Finding, Subject, Unread } from './finding.ts';
import type { PolicyTexts } from './policy-excerpt.ts';

/** One policy text of a resource. Untrusted. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
  /** The text goes on: it was too long to keep. */
  readonly cut?: true;
}

/**
 * What one look at a subject gave: *present*, *absent* or *unread*. Unread is never absent. A subject that only
 * carries gaps (a kind, a place, an account, the configuration) is *read* or *unread*. Of an account that has left,
 * either is *departed*.
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
  | { readonly state: 'unread'; readonly unread: Unread }
  /** The account is not of the organization any more: nobody has looked, and what it lets in is not ours. */
  | { readonly state: 'departed' };

/** One look at one subject. */
export interface Look {
  readonly subject: Subject;
  /** When the look began, ISO 8601 in UTC with milliseconds: an older look never overwrites a newer one. */
  readonly at: string;
  readonly cause: Cause;
  /** The audit that looked, where a change was the reason for it: that of another policy it is not. */
  readonly audit?: string;
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
  /** The look that first saw it as it is. The policy texts before that are among the record's former ones. */
  readonly since: string;
  /** What made us look then: for a change, who made it. */
  readonly cause: Cause;
  /** What was told of that look; nothing of a grant that was expected before as well. */
  readonly status?: Exclude<Transition['status'], 'resolved'>;
}

/** A finding that a look took away, and that was no expected one. */
export interface ClosedFinding {
  readonly finding: Finding;
  readonly firstSeen: string;
  /** Because the account is not of the organization any more: nobody has looked. */
  readonly departed?: true;
  /** The look that it was gone at, and what made us look. */
  readonly at: string;
  readonly cause: Cause;
}

/** The policy texts of a resource until a look found others in their place, or the same with another meaning. */
export interface FormerTexts {
  /** The last look that saw them. */
  readonly seen: string;
  /** The look that came next. */
  readonly until: string;
  /** None where there was no policy. */
  readonly policies: readonly PolicyText[];
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
  /** The policy texts before the looks that made its findings what they are, as far as there is room; the newest first. */
  readonly former?: readonly FormerTexts[];
  /** What is not there any more and was lately, so that it can still be told when it could not be then. */
  readonly closed?: readonly ClosedFinding[];
  readonly notes: readonly Note[];
}

/** The policy texts that the last look that could read has seen: none where there was no policy, undefined when unknown. */
export function textsOf(record: SubjectRecord | undefined): readonly PolicyText[] | undefined {
  return textsIn(record?.lastRead?.sight ?? record?.sight);
}

/** The policy texts that a look saw. */
export function textsIn(sight: Sight | undefined): readonly PolicyText[] | undefined {
  if (sight?.state === 'absent') return [];
  return sight?.state === 'present' ? sight.policies : undefined;
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
  /** The resource's policy texts before and after, as far as they are known and an alert has room for them. */
  readonly policies?: PolicyTexts;
  /** An audit saw a change of the policy before any event told of it. */
  readonly unannounced?: true;
  /** Resolved because the account is not of the organization any more: nobody has looked. */
  readonly departed?: true;
  readonly firstSeen: string;
  readonly at: string;
  readonly cause: Cause;
}
