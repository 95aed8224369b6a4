import type { ConditionLine, PrincipalElement, Statement } from './policy.ts';

/**
 * S3's own notion of a public policy, which looks at the text and not at its effect. A policy is public unless
 * each Allow is to fixed principals, or is bound by a fixed value of one of these keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const boundingKeys = [
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  // "An AWS principal, user, role, or service principal (e.g. aws:PrincipalOrgID)": the page gives one example.
  // The other keys of that sort are taken as bounding too: a policy that is not public keeps more ways in.
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  // Nor does it name the newer keys of endpoints, beside those that it does name: aws:SourceVpc, aws:SourceVpce.
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
];

/** Operators that say what a value is. Negations, IfExists and ForAllValues leave it open. */
const fixing =
  /^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress|bool)$/i;

/** "broad" ranges do not bind: shorter than /8, for IPv6 shorter than /32. The private ones, exempt, begin at /8. */
function isNarrowRange(range: string): boolean {
  const [address = '', bits] = range.split('/');
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(':') ? 32 : 8);
}

/** `arn:aws:s3:eu-west-1:111122223333:accesspoint/*`: the name may be open when the account is not. */
const isAccessPointOfAccount = (arn: string) => /^arn:[^:*?$]+:s3:[^:]*:\d{12}:accesspoint\/[^$]*$/.test(arn);

function isFixed(key: string, value: string): boolean {
  if (key === 'aws:sourceip') return isNarrowRange(value);
  // "No service" is no bound.
  if (key === 'aws:principalisawsservice') return value === 'true';
  if (key === 's3:dataaccesspointarn' && isAccessPointOfAccount(value)) return true;
  // Organization paths end in a star as a rule; the organization is what must be fixed.
  if (key.endsWith('orgpaths')) return /^o-[a-z0-9]+\/[^$]*$/.test(value);
  return !/[*?]|\$\{/.test(value);
}

function binds({ operator, key, values }: ConditionLine): boolean {
  const name = key.toLowerCase();
  return (
    boundingKeys.includes(name) && fixing.test(operator) && values.every((value) => isFixed(name, value))
  );
}

/**
 * Everyone, or Facebook, whose users are everyone: the page's own example. A star of another type is illegal and
 * names nobody.
 */
function isOpen(element: PrincipalElement): boolean {
  if (element === '*') return true;
  return element.AWS?.includes('*') === true || element.Federated?.includes('graph.facebook.com') === true;
}

function isPublicStatement(
  { effect, principal, notPrincipal, conditions }: Statement,
  isAccessPoint: boolean,
): boolean {
  if (effect === 'Deny') return false;
  const open = notPrincipal !== undefined || (principal !== undefined && isOpen(principal));
  const counting = conditions.filter(({ key }) => !isAccessPoint || !/^s3:dataaccesspoint/i.test(key));
  return open && !counting.some(binds);
}

/**
 * Whether RestrictPublicBuckets finds the policy public. That of an access point is not bound by naming access points,
 * as the page says.
 */
export function isPublicPolicy(statements: readonly Statement[], isAccessPoint: boolean): boolean {
  return statements.some((statement) => isPublicStatement(statement, isAccessPoint));
}

/** Whether IgnorePublicAcls passes over a statement that stands for an ACL: one to AllUsers or AuthenticatedUsers. */
export function isPublicAcl({ principal }: Statement): boolean {
  return principal !== undefined && (principal === '*' || principal.AWS?.includes('*') === true);
}
