import type { JudgedResource } from '../../shared/access/decision.ts';
import { isAccessPoint } from './access-point-facts.ts';
import { actionMatches, fits, isAttached, resourceListed } from './action.ts';
import { accountOfArn } from './arn.ts';
import { conditionsHold, lineHolds } from './condition.ts';
import { isForCaller } from './own-account.ts';
import type { Statement } from './policy.ts';
import { principalMatches } from './principal.ts';
import { isPublicAcl, isPublicPolicy } from './public-bucket.ts';
import type { Question } from './question.ts';
import type { Request } from './request.ts';
import { reachedByResourceControlPolicies } from './services.ts';
import { all, any, type Truth, truth } from './truth.ts';
import { canComeByUrl, takesUnsigned } from './unsigned.ts';

/** Whether one statement is about the request, whatever its effect. */
function applies(
  statement: Statement,
  { principal, action, resource, context }: Request,
  judged: JudgedResource,
): Truth {
  return all([
    truth(isAttached(statement, resource)),
    truth(actionMatches(statement, action)),
    principalMatches(statement, principal),
    resourceListed(statement, resource, context, judged),
    conditionsHold(statement.conditions, context, statement.hasVariables),
  ]);
}

const oneApplies = (
  statements: readonly Statement[],
  effect: Statement['effect'],
  request: Request,
  judged: JudgedResource,
): Truth =>
  any(
    statements
      .filter((statement) => statement.effect === effect)
      .map((statement) => applies(statement, request, judged)),
  );

/**
 * Resource control policies can only take away here (their one Allow is AWS's own, and gives everything), only
 * for the services that they reach, and never from a service-linked role or from kms:RetireGrant.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function deniedByControl(question: Question, request: Request): Truth {
  const [service = ''] = request.action.toLowerCase().split(':');
  // A session's ARN leaves out the path of its role: it is known by the name.
  const isServiceLinked =
    request.principal.type === 'AWS' &&
    /:(role\/aws-service-role\/|assumed-role\/AWSServiceRoleFor)/.test(request.principal.arn);
  const isExempt = isServiceLinked || request.action.toLowerCase() === 'kms:retiregrant';
  if (isExempt || !reachedByResourceControlPolicies.has(service)) return 'no';
  return oneApplies(question.controls, 'Deny', request, question.resource);
}

const keysOfServices =
  /^aws:(source(account|arn|owner|orgid|orgpaths)|principalservicename(slist)?|principalisawsservice)$/i;

/** Whether a condition of the statement asks for a service, which a request without its keys does not meet. */
const asksForServices = ({ conditions, hasVariables }: Statement): boolean =>
  conditions.some((line) => keysOfServices.test(line.key) && lineHolds(line, {}, hasVariables) === 'no');

/**
 * What RestrictPublicBuckets leaves of a bucket with a public policy: services, and the owner's own principals.
 * In the page's example the service that stays is the one named; that a bare star would keep all services is nowhere
 * said, and would make the setting useless. Of a star whose conditions name services it is not said either way.
 */
function isLeftByRestriction({ resource }: Question, { principal }: Request, statement: Statement): boolean {
  if (statement.effect === 'Deny') return true;
  if (principal.type === 'AWS') return accountOfArn(principal.arn) === resource.owner;
  if (principal.type !== 'Service') return false;
  const named = statement.principal === '*' ? [] : (statement.principal?.Service ?? []);
  return named.includes(principal.service) || asksForServices(statement);
}

/**
 * S3 block public access, of buckets and of access points, those for Object Lambda too. BlockPublicAcls and BlockPublicPolicy stop later changes and nothing else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-options
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-security.html
 */
function leftByBlock(question: Question, request: Request): readonly Statement[] {
  const { blockPublicAccess: settings, statements } = question;
  const { resource } = question;
  if (settings === undefined || !/^s3(-object-lambda)?:/.test(resource.kind)) return statements;
  const own = statements.filter(({ policy }) => policy !== 'acl');
  const isRestricted = settings.restrictPublicBuckets && isPublicPolicy(own, isAccessPoint(resource));
  return statements
    .filter((statement) => !isRestricted || isLeftByRestriction(question, request, statement))
    .filter(
      (statement) => !(settings.ignorePublicAcls && statement.policy === 'acl' && isPublicAcl(statement)),
    );
}

/** Whether the policies say yes and not no. Any Deny wins, else any Allow, else refused. */
function isSaid(
  question: Question,
  request: Request,
  statements: readonly Statement[],
  allowing: readonly Statement[] = statements,
): Truth {
  const denied = any([
    oneApplies(statements, 'Deny', request, question.resource),
    deniedByControl(question, request),
  ]);
  const allowed = oneApplies(allowing, 'Allow', request, question.resource);
  return all([allowed, denied === 'yes' ? 'no' : denied === 'no' ? 'yes' : 'unsure']);
}

/**
 * Whether the policies give the caller an action that is no call by itself, as tagging the session that a call opens.
 * What the documentation does not settle counts as given.
 */
export const permits = (question: Question, request: Request): boolean =>
  isSaid(question, request, question.statements) !== 'no';

/**
 * Whether AWS lets the request through, seen from the resource's side; the caller's own account is taken to
 * allow everything. `unsure`: the documentation does not settle it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function verdictOn(question: Question, request: Request): Truth {
  const isUnsigned = request.principal.type === 'anonymous';
  if (isUnsigned && !takesUnsigned(request, question.resource.kind)) return 'no';
  if (!canComeByUrl(question, request)) return 'no';
  const statements = leftByBlock(question, request);
  const allowing = statements.filter((statement) => isForCaller(question.resource, request, statement));
  return all([fits(question.resource, request), isSaid(question, request, statements, allowing)]);
}

/** What an auditor must take it for: an open question counts as a way in. */
export const allows = (question: Question, request: Request): boolean =>
  verdictOn(question, request) !== 'no';
