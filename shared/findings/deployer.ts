import { globMatches } from '../iam/glob.ts';
import { endOf } from './expectation.ts';
import type { Change } from './finding.ts';

/** Who changes trustwatch itself on purpose: an entry of trust.yml. */
export interface Deployer {
  /** A glob of principals, as CloudTrail writes them. */
  readonly principal: string;
  /** The service that makes the calls for it, as CloudTrail names it: `cloudformation.amazonaws.com`. */
  readonly through?: string;
  readonly name: string;
  readonly reason: string;
  /** The last day, UTC; always when absent. */
  readonly until?: string;
}

/**
 * The entry that expects whoever made a change, at the time of the change. The source address is a service's name only where AWS
 * made the call for its caller.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function deployerOf(
  { actor, eventTime }: Change,
  deployers: readonly Deployer[],
): Deployer | undefined {
  return deployers.find(
    ({ principal, through, until }) =>
      globMatches(principal, actor.principal) &&
      (through === undefined || actor.sourceAddress === through) &&
      (until === undefined || Date.parse(eventTime) < endOf(until)),
  );
}
