import type { Cause, Finding, Severity } from './finding.ts';
import { subjectOf } from './message.ts';
import { oneLine } from './one-line.ts';
import type { Transition } from './record.ts';
import { type Where, whereOf } from './subject.ts';

/** A transition in the few words that a list has room for. The whole finding stands in the table and in the report. */
export interface Brief extends Where {
  /** Of the transition. */
  readonly id: string;
  readonly status: Transition['status'];
  readonly type: Finding['type'];
  readonly findingId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly resource?: string;
  readonly outsiderType?: string;
  /** The line within the organization that the grant crosses. */
  readonly boundary?: string;
  /** Resolved because the account is not of the organization any more. */
  readonly departed?: true;
  readonly at: string;
  readonly cause: Cause;
}

/** A transition in few words: at most some three kilobytes, whatever an account calls its resources. */
export function briefOf({ id, status, finding, departed, at, cause }: Transition): Brief {
  const subject = subjectOf(finding);
  return {
    id,
    status,
    type: finding.type,
    findingId: finding.id,
    severity: finding.severity,
    title: oneLine(finding.title, 300),
    ...whereOf(subject),
    ...(subject.type === 'resource' && { resource: oneLine(subject.arn, 300) }),
    ...(finding.type === 'access' && { outsiderType: finding.grant.outsider.type }),
    ...(finding.type === 'access' &&
      finding.boundary !== undefined && { boundary: oneLine(finding.boundary, 200) }),
    ...(departed && { departed }),
    at,
    cause,
  };
}
