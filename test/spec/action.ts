import type { JudgedResource } from '../../shared/access/decision.ts';
import { resourceMatches } from './arn.ts';
import { inFull, isPartOf } from './called-on.ts';
import { matches, patternOf, plainPattern } from './pattern.ts';
import type { Statement } from './policy.ts';
import type { Context, Request } from './request.ts';
import { accountActions, actionPrefixOf, bucketActions, objectActions } from './services.ts';
import { any, not, type Truth, truth } from './truth.ts';

/**
 * Action or NotAction: names without regard to case, with wildcards, without variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionMatches({ action, notAction }: Statement, name: string): boolean {
  const isListed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(plainPattern(pattern.toLowerCase()), name.toLowerCase()));
  return notAction === undefined ? isListed(action ?? []) : !isListed(notAction);
}

/**
 * Resource or NotResource. A statement with neither speaks of the resource that it is attached to: trust
 * policies and repositories have none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
 */
export function resourceListed(
  statement: Statement,
  name: string,
  context: Context,
  judged: JudgedResource,
): Truth {
  const { resource, notResource, hasVariables } = statement;
  const isListed = (values: readonly string[]) =>
    any(
      values.map((value) => {
        const pattern = patternOf(inFull(value, judged), context, hasVariables);
        return pattern === undefined ? 'no' : resourceMatches(pattern, name);
      }),
    );
  if (notResource !== undefined) return not(isListed(notResource));
  return resource === undefined ? 'yes' : isListed(resource);
}

/**
 * Whether a policy is attached to the request's resource. A table's is about its indexes as well, and its stream has its
 * own; a function has one, and so has each of its versions and aliases.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export const isAttached = ({ attachedTo }: Statement, resource: string): boolean =>
  attachedTo === undefined || attachedTo.some((glob) => matches(plainPattern(glob), resource));

/** S3 checks object actions against an object's ARN and bucket actions against the bucket's. */
function fitsBucket({ action, resource }: Request): boolean {
  const isObject = resource.includes('/');
  if (objectActions.some((pattern) => pattern.test(action))) return isObject;
  if (bucketActions.some((pattern) => pattern.test(action))) return !isObject;
  return true;
}

/**
 * An access point's objects are behind `/object/`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
function fitsAccessPoint({ action, resource }: Request, arn: string): boolean {
  const isObject = resource.startsWith(`${arn}/object/`);
  return objectActions.some((pattern) => pattern.test(action)) === isObject;
}

/**
 * A role's trust policy gives a way in by three calls only: AssumeRole for AWS principals and services, the
 * two others for the tokens of identity providers. Tagging a session is not a way in by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
function fitsTrust({ action, principal }: Request): boolean {
  switch (action.toLowerCase()) {
    case 'sts:assumerole':
      return principal.type === 'AWS' || principal.type === 'Service';
    case 'sts:assumerolewithsaml':
      return principal.type === 'Federated' && principal.provider.includes('saml-provider/');
    case 'sts:assumerolewithwebidentity':
      return principal.type === 'Federated' && !principal.provider.includes('saml-provider/');
    default:
      return false;
  }
}

/**
 * Of a table's actions few work on its indexes and streams, and those on items on the table alone; a stream has its own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
function fitsTable({ action, resource }: Request, arn: string): boolean {
  const isOfRecords = /^dynamodb:(GetRecords|GetShardIterator|DescribeStream)$/i.test(action);
  if (resource.startsWith(`${arn}/stream/`)) return isOfRecords || /ResourcePolicy$|Tag/i.test(action);
  if (isOfRecords) return false;
  return resource === arn || !/^dynamodb:(Batch|Transact)?(Get|Put|Update|Delete|Write)Items?$/i.test(action);
}

/**
 * A domain's policy is about requests to what is below the domain, and about searching it from another domain; what
 * configures it goes by identity-based policies.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
 */
function fitsDomain({ action, resource }: Request, arn: string): boolean {
  if (/^es:ESHttp/i.test(action)) return resource.startsWith(`${arn}/`);
  return resource === arn && /^es:(ESCrossClusterGet|CreateVpcEndpoint)$/i.test(action);
}

/**
 * An event bus is asked about its events, and a rule on it about that rule; both have tags.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
function fitsBus({ action, resource }: Request, arn: string): boolean {
  if (/^events:(Unt|T)agResource$|^events:ListTagsForResource$/i.test(action)) return true;
  const isOfRule =
    /^events:(Put|Delete|Describe|Enable|Disable)Rule$|^events:(PutTargets|RemoveTargets|ListTargetsByRule)$/i;
  return isOfRule.test(action) === (resource !== arn);
}

/** Whether the service would check the action against a policy of this resource at all. */
export function fits(resource: JudgedResource, request: Request): Truth {
  const prefix = actionPrefixOf(resource.kind);
  const action = request.action.toLowerCase();
  if (!isPartOf(request, resource)) return 'no';
  if (prefix !== undefined && !action.startsWith(`${prefix}:`)) return 'no';
  if (accountActions.has(action)) return 'no';
  if (resource.kind === 'iam:role') return truth(fitsTrust(request));
  if (resource.kind === 's3:bucket') return truth(fitsBucket(request));
  if (/^s3:.*access-point$/.test(resource.kind)) return truth(fitsAccessPoint(request, resource.arn));
  if (resource.kind === 'es:domain') return truth(fitsDomain(request, resource.arn));
  if (resource.kind === 'events:bus') return truth(fitsBus(request, resource.arn));
  if (resource.kind === 'dynamodb:table') return truth(fitsTable(request, resource.arn));
  return 'yes';
}
