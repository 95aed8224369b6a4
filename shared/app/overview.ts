import type { Cause, Subject } from '../findings/finding.ts';
import type { Look, Sight, SubjectRecord } from '../findings/record.ts';
import { whereOf } from '../findings/subject.ts';
import type { AccountId } from '../iam/arn.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { Kind } from '../kinds/kind.ts';
import type { AuditPlan } from './audit-ports.ts';
import { departedLook, readLook } from './look.ts';

/** What an audit as a whole knows that no single sweep can. */
export interface Overview {
  /** Whether the subject is one that this audit was asked about. */
  readonly isInScope: (subject: Subject) => boolean;
  /** What the audit as a whole has to say of a subject; undefined when the sweeps have said all. */
  readonly verdict: (record: SubjectRecord, at: string, cause: Cause) => Look | undefined;
  /** A place whose region its account does not have enabled any more, and that has no gap but that nobody reads it. */
  readonly deserted: (record: SubjectRecord) => Place | undefined;
  /** The place of a resource in scope with findings, whose region its account does not have enabled any more. */
  readonly switchedOff: (record: SubjectRecord) => Place | undefined;
}

const isOverdue = (sight: Sight) => sight.state === 'unread' && sight.unread.reason === 'overdue';

/** From the plan, and the kinds that the audit read. What a place has been read for, its sweep has said. */
export function overviewOf(plan: AuditPlan, kinds: readonly Kind[]): Overview {
  const { accounts, regions, kinds: named, about } = plan.scope;
  const listed = new Set(plan.accounts.map(({ account }) => account));
  const readable = new Set(plan.places.map(({ account }) => account));
  const planned = new Map(plan.places.map((place) => [formatPlace(place), place]));
  const reachOf = new Map(kinds.map(({ id, reach }) => [id, reach]));
  const isAskedFor = (place: Place, kind: string | undefined) => {
    if (about !== undefined && !about.includes(place.account)) {
      const concerned = planned.get(formatPlace(place))?.kinds;
      return kind === undefined ? concerned !== undefined : concerned?.includes(kind) === true;
    }
    if (regions === undefined || regions.includes(place.region)) return true;
    return kind === undefined ? planned.has(formatPlace(place)) : reachOf.get(kind) === 'global';
  };
  // An audit of some kinds alone, or of what speaks of some accounts, plans fewer places than there are.
  const isSwitchedOff = (place: Place) =>
    named === undefined &&
    (about === undefined || about.includes(place.account)) &&
    isAskedFor(place, undefined) &&
    readable.has(place.account) &&
    !planned.has(formatPlace(place));
  // The cause of an audit that some accounts are the reason for explains nothing of others that have left meanwhile.
  function departed(account: AccountId, subject: Subject, at: string, cause: Cause): Look | undefined {
    if (about === undefined) return departedLook(subject, at, { by: 'audit', audit: plan.audit });
    return about.includes(account) ? departedLook(subject, at, cause) : undefined;
  }
  return {
    isInScope(subject) {
      const { account, kind } = whereOf(subject);
      if (accounts !== undefined && account !== undefined && !accounts.includes(account)) return false;
      if (about !== undefined && subject.type === 'account' && !about.includes(subject.account))
        return readable.has(subject.account);
      if (named !== undefined && kind !== undefined && !named.includes(kind)) return false;
      return !('place' in subject) || isAskedFor(subject.place, kind);
    },
    verdict({ subject }, at, cause) {
      // What was done to us was done, whatever has become of the account.
      if (subject.type === 'tampering') return undefined;
      const { account } = whereOf(subject);
      if (account !== undefined && !listed.has(account)) return departed(account, subject, at, cause);
      const hasNothingToList = subject.type === 'kind' && isSwitchedOff(subject.place);
      return hasNothingToList ? readLook(subject, at, cause) : undefined;
    },
    deserted({ subject, sight, findings }) {
      if (subject.type !== 'place' || !isSwitchedOff(subject.place)) return undefined;
      return findings.length === 0 || isOverdue(sight) ? subject.place : undefined;
    },
    switchedOff({ subject, findings }) {
      if (subject.type !== 'resource' || findings.length === 0) return undefined;
      return isSwitchedOff(subject.place) ? subject.place : undefined;
    },
  };
}
