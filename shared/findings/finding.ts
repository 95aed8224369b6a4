import type { Grant } from '../access/grant.ts';
import type { AccountId } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Deployer } from './deployer.ts';
import type { Expectation } from './expectation.ts';
import type { Circumstances } from './severity.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Why something could not be read. */
export type UnreadReason =
  | 'denied'
  | 'role-missing'
  | 'throttled'
  | 'region-off'
  | 'malformed'
  | 'not-finished'
  | 'overdue'
  | 'failed';

/** What could not be read and what the service said. */
export interface Unread {
  readonly reason: UnreadReason;
  /** One line: the error's name and message. */
  readonly message: string;
}

/**
 * What one look is about: a resource; a kind in a place (its list); a place; a whole account; the
 * configuration. The last four exist to carry gaps. And one change to what trustwatch itself needs.
 */
export type Subject =
  | { readonly type: 'resource'; readonly place: Place; readonly kind: string; readonly arn: string }
  | { readonly type: 'kind'; readonly place: Place; readonly kind: string }
  | { readonly type: 'place'; readonly place: Place }
  | { readonly type: 'account'; readonly account: AccountId }
  | { readonly type: 'configuration' }
  | { readonly type: 'tampering'; readonly place: Place; readonly eventId: string };

export type ResourceSubject = Extract<Subject, { type: 'resource' }>;

export type TamperSubject = Extract<Subject, { type: 'tampering' }>;

/** A grant to an outsider: an alert, unless an expectation covers it. */
export interface AccessFinding extends Circumstances {
  readonly type: 'access';
  /** Survives from one look to the next: made of resource, outsider, class of actions and bounding conditions; never of a time. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly kind: string;
  readonly arn: string;
  readonly place: Place;
  readonly grant: Grant;
  /** The entry of trust.yml that covers it: the grant is wanted. */
  readonly expectation?: Expectation;
  /** The entry that covered it until its last day was over. */
  readonly ended?: Expectation;
}

/** A place, kind or resource that could not be read. */
export interface GapFinding {
  readonly type: 'gap';
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly subject: Subject;
  readonly unread: Unread;
}

/** A change to what trustwatch itself needs: it has happened, and stays so. */
export interface TamperFinding {
  readonly type: 'tamper';
  /** Of the event: one alert for it, however often it comes. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly subject: TamperSubject;
  /** What was changed, in our words: `event rule`. */
  readonly part: string;
  /** As the record names it: untrusted. */
  readonly name: string;
  /** The entry of trust.yml that expects whoever did it: no alert. */
  readonly deployer?: Deployer;
}

export type Finding = AccessFinding | GapFinding | TamperFinding;

/** Who made a change, from the CloudTrail record: untrusted text, to be escaped wherever it is shown. */
interface Actor {
  readonly principal: string;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
}

/** A change that made us look. */
export interface Change {
  readonly by: 'change';
  readonly eventId: string;
  readonly eventName: string;
  /** When the change happened, ISO 8601. */
  readonly eventTime: string;
  readonly actor: Actor;
}

/** What made us look. */
export type Cause = { readonly by: 'audit'; readonly audit: string } | Change;
