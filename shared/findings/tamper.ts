import { formatPlace, type Place } from '../iam/place.ts';
import { type Deployer, deployerOf } from './deployer.ts';
import { digest } from './digest.ts';
import type { Change, TamperFinding } from './finding.ts';
import { oneLine } from './one-line.ts';
import type { Look } from './record.ts';
import { gapSeverity } from './severity.ts';

/** A change to a part of trustwatch, as its CloudTrail record tells it. */
export interface Tampering {
  readonly place: Place;
  readonly part: string;
  readonly name: string;
  readonly cause: Change;
}

/**
 * What a change to a part of trustwatch is: one finding of its event, at the time of the event, so that a repetition
 * says nothing new.
 */
export function tamperLook({ place, part, name, cause }: Tampering, deployers: readonly Deployer[]): Look {
  const subject = { type: 'tampering', place, eventId: cause.eventId } as const;
  const deployer = deployerOf(cause, deployers);
  const finding: TamperFinding = {
    type: 'tamper',
    id: digest(['tamper', cause.eventId]),
    severity: gapSeverity.tampering,
    title: `${oneLine(cause.eventName, 60)} on the ${part} ${oneLine(name, 120)} in ${formatPlace(place)}, which trustwatch needs`,
    subject,
    part,
    name: oneLine(name, 300),
    ...(deployer && { deployer }),
  };
  const at = new Date(cause.eventTime).toISOString();
  return { subject, at, cause, sight: { state: 'read' }, findings: [finding], notes: [] };
}
