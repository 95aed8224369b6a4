import type { Condition } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { escapeGlob } from '../iam/glob.ts';
import type { JudgedResource } from './decision.ts';
import { type Domain, fixed, open, type Scene, strangerAccount } from './domain.ts';
import { classes, many, one, type Pattern, shape, times } from './pattern.ts';
import { isOfBlock } from './public-policy.ts';
import { regions } from './service-keys.ts';

/**
 * The keys of the access point through which a request comes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 */
export const accountKey = 's3:dataaccesspointaccount';
export const arnKey = 's3:dataaccesspointarn';
export const accessPointKeys: readonly string[] = [accountKey, arnKey];

/** The ARN of the judged resource where it is an access point itself: all requests to it come through it. */
export const ownAccessPoint = ({ kind, arn }: JudgedResource): string | undefined =>
  isOfBlock(kind) && kind.endsWith('access-point') ? arn : undefined;

const arnFacts = keyFacts(arnKey);

/** An ARN of which the account matches, and the rest is any. */
function accountInArn({ operator: { comparison } }: Condition, value: string): string {
  if (comparison === 'Null') return value;
  return `arn:*:*:*:${comparison === 'StringLike' ? value : escapeGlob(value)}:*`;
}

/**
 * A condition on an access point's account as one on its ARN: to the search the two keys are one, so that they are there
 * together and say the same. Other conditions as they are.
 */
export function onArnOfPoint(condition: Condition): Condition {
  const { key, operator, values } = condition;
  const { comparison } = operator;
  if (key !== accountKey || !(comparison === 'Null' || comparison.startsWith('String'))) return condition;
  return {
    ...condition,
    key: arnKey,
    facts: arnFacts,
    operator: comparison === 'Null' ? operator : { ...operator, comparison: 'ArnLike' },
    values: values.map((value) => accountInArn(condition, value)),
  };
}

const name = [one(classes.lowerOrDigit), many(classes.unitCharacter)];

/** A Multi-Region Access Point goes by its alias, and has no region. */
const pointShapes = (partition: string): readonly Pattern[] =>
  regions.map((region) => {
    const place = shape(`arn:${partition}:s3:`, ...region, ':', ...times(classes.digit, 12));
    return shape(...place, ':accesspoint/', ...name, ...(region.length === 0 ? ['.mrap'] : []));
  });

/** What is always so of requests to an access point; of one for Object Lambda AWS does not say whether it is told. */
const ofOwn = (key: string, value: string, arn: string): Domain =>
  arn.includes(':s3-object-lambda:')
    ? open(key, { fresh: [value], shape: () => [shape(value)] })
    : fixed(value);

/** What the account of the access point can be. */
export const pointAccount = ({ accessPoint, owner }: Scene): Domain =>
  accessPoint === undefined
    ? open(accountKey, { fresh: [strangerAccount], shape: () => [times(classes.digit, 12)] })
    : ofOwn(accountKey, owner, accessPoint);

/** What the ARN of the access point can be. */
export const pointArn = ({ accessPoint, partition }: Scene): Domain =>
  accessPoint === undefined
    ? open(arnKey, {
        fresh: [`arn:${partition}:s3:us-east-1:${strangerAccount}:accesspoint/outsider`],
        shape: () => pointShapes(partition),
      })
    : ofOwn(arnKey, accessPoint, accessPoint);
