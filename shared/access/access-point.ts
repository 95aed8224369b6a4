import type { Condition } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
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

/** The pattern with an account where it asks for one; undefined where no account is as it asks. */
function withAccount(pattern: string): string | undefined {
  const segments = pattern.split(':');
  const asked = segments[4] ?? '';
  const literal = asked.replaceAll('*', '');
  if (!/^[\d?]{0,12}$/.test(literal)) return undefined;
  return literal.length < 12 ? pattern : segments.with(4, literal).join(':');
}

/**
 * A glob as ARN patterns that match the same ARNs of access points: these have five colons, so that of the wildcards of
 * a glob with four one takes a colon in. Undefined of other globs.
 */
function arnPatternsOf(glob: string): readonly string[] | undefined {
  const colons = glob.split(':').length - 1;
  if (colons === 5) return gather([glob], withAccount);
  if (colons !== 4) return undefined;
  return gather(glob.matchAll(/[*?]/g), ({ 0: wild, index }) => {
    const taken = wild === '*' ? '*:*' : ':';
    return withAccount(glob.slice(0, index) + taken + glob.slice(index + 1));
  });
}

/** A comparison of the ARN's text as one of its segments, which finds out sooner what does not match. */
function bySegments(condition: Condition): Condition {
  const { operator, values, variables } = condition;
  const patterns = values.map(arnPatternsOf);
  if (operator.comparison !== 'StringLike' || variables || patterns.includes(undefined)) return condition;
  return {
    ...condition,
    operator: { ...operator, comparison: 'ArnLike' },
    values: gather(patterns, (given) => given),
  };
}

/**
 * A condition on an access point's account as one on its ARN: to the search the two keys are one, so that they are there
 * together and say the same. Other conditions as they are.
 */
export function onArnOfPoint(condition: Condition): Condition {
  const { key, operator, values } = condition;
  const { comparison } = operator;
  if (key === arnKey) return bySegments(condition);
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
