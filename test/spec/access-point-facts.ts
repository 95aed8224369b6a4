import type { JudgedResource } from '../../shared/access/decision.ts';
import { accountOfArn } from './arn.ts';
import { oneValue, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/**
 * Whether the judged resource is an access point itself, so that every request to it comes through it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export const isAccessPoint = ({ kind }: JudgedResource): boolean =>
  ['s3:access-point', 's3:multi-region-access-point', 's3-object-lambda:access-point'].includes(kind);

const keys = ['s3:DataAccessPointAccount', 's3:DataAccessPointArn'];

/**
 * An access point is in a region and has a name; one of several regions goes by its alias.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
 */
const arnOfPoint =
  /^arn:[a-z-]+:s3:([a-z0-9]+(-[a-z0-9]+){2,3}:\d{12}:accesspoint\/[a-z0-9][a-z0-9-]*|:\d{12}:accesspoint\/[a-z0-9][a-z0-9-]*\.mrap)$/;

const pointIsOne: Fact = ({ question: { resource }, request: { context } }) => {
  const account = oneValue(context, 's3:DataAccessPointAccount');
  const arn = oneValue(context, 's3:DataAccessPointArn');
  if (account !== undefined && !/^\d{12}$/.test(account)) return `\`${account}\` is no account`;
  if (arn !== undefined && arn !== resource.arn && !arnOfPoint.test(arn))
    return `\`${arn}\` is no access point`;
  return account !== undefined && arn !== undefined && accountOfArn(arn) !== account
    ? 'the access point is of another account'
    : undefined;
};

/** A request comes through an access point, and says which and whose, or it comes through none. */
const tellsPointWhole: Fact = ({ request: { context }, asksFor }) => {
  const missing = keys.find((key) => asksFor(key) && valuesOf(context, key) === undefined);
  const present = keys.find((key) => valuesOf(context, key) !== undefined);
  return missing && present ? `through an access point there is \`${missing}\`` : undefined;
};

/** What comes to an access point comes through it. Of one for Object Lambda it is not said whether the keys tell. */
const comesThroughIt: Fact = ({ question: { resource }, request: { context }, asksFor }) => {
  if (!isAccessPoint(resource)) return undefined;
  const own = { 's3:DataAccessPointAccount': resource.owner, 's3:DataAccessPointArn': resource.arn };
  const wrong = Object.entries(own).find(([key, value]) => (oneValue(context, key) ?? value) !== value)?.[0];
  if (wrong) return `\`${wrong}\` is of the access point itself`;
  const missing = keys.find((key) => asksFor(key) && valuesOf(context, key) === undefined);
  return missing && resource.kind.startsWith('s3:') ? `what comes through it has \`${missing}\`` : undefined;
};

export const accessPointFacts: readonly Fact[] = [pointIsOne, tellsPointWhole, comesThroughIt];
