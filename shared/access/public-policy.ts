import type { Condition } from '../iam/condition.ts';
import { hasWildcard } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';

/**
 * Whether S3's settings against public access are about the kind: buckets and access points, those for Object Lambda too.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html
 */
export const isOfBlock = (kind: string): boolean =>
  kind.startsWith('s3:') || kind.startsWith('s3-object-lambda:');

/** Ignored public ACLs: grants to all users and to all authenticated users fall away. */
export function withoutPublicAcls(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ policy, principals }) => policy !== 'acl' || !principals.everyone);
}

/**
 * Keys that make a policy not public to S3 when they are bound to fixed values. The page names principals by one
 * example (aws:PrincipalOrgID), and is older than the keys of an endpoint's owner: the other keys of principals, and
 * those, are taken to count too, which keeps more ways in.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const bounding: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:userid',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Ranges broader than /8, for IPv6 than /32, bound nobody; private ones are exempt, none of which is as broad. */
function isNarrow(range: string): boolean {
  const [address = '', bits] = range.split('/');
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(':') ? 32 : 8);
}

function isFixed(key: string, value: string): boolean {
  if (key === 'aws:sourceip') return isNarrow(value);
  if (key === 'aws:principalisawsservice') return value.toLowerCase() === 'true';
  if (key === 's3:dataaccesspointarn' && /^arn:[^:*?$]+:s3:[^:]*:\d{12}:accesspoint\/[^$]*$/.test(value))
    return true;
  if (key.endsWith('orgpaths')) return /^o-[a-z0-9]+\/[^$]*$/.test(value);
  return !hasWildcard(value) && !value.includes('${');
}

const fixing: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnLike',
  'IpAddress',
  'Bool',
]);

function binds({ key, operator, values }: Condition, accessPoint: boolean): boolean {
  if (accessPoint && key.startsWith('s3:dataaccesspoint')) return false;
  const { comparison, negated, quantifier, ifExists } = operator;
  if (!bounding.has(key) || !fixing.has(comparison) || negated || ifExists || quantifier === 'all')
    return false;
  return values.every((value) => isFixed(key, value));
}

/** Everyone, and Facebook, whose users are everyone: the page's own example. */
function isOpen({ principals, notPrincipal }: Statement): boolean {
  return notPrincipal || principals.everyone || principals.federated.includes('graph.facebook.com');
}

/**
 * S3's own notion of a public policy, which looks at the text and not at its effect. An access point's own policy is
 * not bound by naming access points.
 */
export function isPublicPolicy(statements: readonly Statement[], kind: string): boolean {
  const accessPoint = kind.includes('access-point');
  return statements.some(
    (statement) =>
      statement.policy !== 'acl' &&
      statement.effect === 'Allow' &&
      isOpen(statement) &&
      !statement.conditions.some((condition) => binds(condition, accessPoint)),
  );
}
