import { arnParts } from './arn.ts';
import { permits } from './evaluate.ts';
import { instant } from './operator.ts';
import { oneValue, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

const opensSession = (action: string): boolean => action.toLowerCase().startsWith('sts:assumerole');

/**
 * What the calls that open a session say of it: its name always, an external id of so many signs at times, and how
 * long it lasts never.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
const saysWhatItOpens: Fact = ({ request: { action, context }, asksFor }) => {
  if (!opensSession(action)) return undefined;
  const name = oneValue(context, 'sts:RoleSessionName');
  if (name === undefined && asksFor('sts:RoleSessionName')) return 'every session has a name';
  if (name !== undefined && !/^[\w+=,.@-]{2,64}$/.test(name)) return `no session is called \`${name}\``;
  const id = oneValue(context, 'sts:ExternalId');
  if (id !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(id)) return `\`${id}\` is no external id`;
  return (
    valuesOf(context, 'sts:DurationSeconds') && 'the calls that assume a role have no `sts:DurationSeconds`'
  );
};

const isTagged = (key: string) => /^(aws:(requesttag\/.*|tagkeys)|sts:transitivetagkeys)$/i.test(key);

/**
 * Tags of the session and the source identity take a permission of their own in the trust policy, for the same caller
 * and the same request, without which the call fails.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
const passesWhatItMay: Fact = ({ question, request }) => {
  const { action, context } = request;
  if (question.resource.kind !== 'iam:role' || !opensSession(action)) return undefined;
  const may = (other: string) => permits(question, { ...request, action: other });
  const tag = Object.keys(context).find((key) => isTagged(key) && valuesOf(context, key) !== undefined);
  if (tag !== undefined && !may('sts:TagSession')) return `the caller may not pass \`${tag}\``;
  return valuesOf(context, 'sts:SourceIdentity') && !may('sts:SetSourceIdentity')
    ? 'the caller may not set a source identity'
    : undefined;
};

const hour = 60 * 60 * 1000;

/**
 * The credentials of roles and of federated users are those of a session, and no session lasts longer than 36 hours:
 * with a day more, since a request may be of yesterday (see `isNotPast`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
const sessionIsIssued: Fact = ({ request: { principal, context }, asksFor }) => {
  const issued = oneValue(context, 'aws:TokenIssueTime');
  if (issued !== undefined && !(instant(issued) > Date.now() - (36 + 24) * hour))
    return `no session is as old as \`${issued}\``;
  const resource = principal.type === 'AWS' ? (arnParts(principal.arn)?.[5] ?? '') : '';
  return issued === undefined &&
    asksFor('aws:TokenIssueTime') &&
    /^(role|assumed-role|federated-user)\//.test(resource)
    ? 'every session has `aws:TokenIssueTime`'
    : undefined;
};

/**
 * Whoever has used a second factor has its age, in seconds, and nobody else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
 */
const secondFactorHasAge: Fact = ({ request: { context }, asksFor }) => {
  const age = oneValue(context, 'aws:MultiFactorAuthAge');
  if (age !== undefined && !(Number(age) >= 0)) return `\`${age}\` is no age`;
  if (!asksFor('aws:MultiFactorAuthAge') || !asksFor('aws:MultiFactorAuthPresent')) return undefined;
  return (oneValue(context, 'aws:MultiFactorAuthPresent') === 'true') !== (age !== undefined)
    ? 'a second factor has an age, and no other request has'
    : undefined;
};

const tag = 'aws:requesttag/';

/**
 * The keys of all tags of a request stand in aws:TagKeys, and what stands there is a tag.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tagkeys
 */
const tagsAreListed: Fact = ({ request: { context }, asksFor }) => {
  if (!asksFor('aws:TagKeys')) return undefined;
  const listed = (valuesOf(context, 'aws:TagKeys') ?? []).map((name) => name.toLowerCase());
  const tags = Object.keys(context)
    .map((key) => key.toLowerCase())
    .filter((key) => key.startsWith(tag) && valuesOf(context, key) !== undefined)
    .map((key) => key.slice(tag.length));
  const unlisted = tags.find((name) => asksFor(tag + name) && !listed.includes(name));
  if (unlisted !== undefined) return `\`${unlisted}\` is not among the keys of tags`;
  const missing = listed.find((name) => asksFor(tag + name) && !tags.includes(name));
  return missing && `there is no tag \`${missing}\``;
};

/**
 * A chain of services is told of what one of them asks for with the caller's credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
const chainIsOfServices: Fact = ({ request: { context }, asksFor }) => {
  const named = ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'].find(
    (key) => valuesOf(context, key) !== undefined,
  );
  if (named !== undefined && oneValue(context, named) === '') return `no service is without a name`;
  return named && asksFor('aws:ViaAWSService') && oneValue(context, 'aws:ViaAWSService') !== 'true'
    ? `\`${named}\` is of requests through a service`
    : undefined;
};

/**
 * The session of AssumeRoot is a root user's.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
const assumedRootIsRoot: Fact = ({ request: { principal, context } }) => {
  if (oneValue(context, 'aws:AssumedRoot') !== 'true') return undefined;
  const arn = principal.type === 'AWS' ? principal.arn : oneValue(context, 'aws:PrincipalArn');
  return arn === undefined || arnParts(arn)?.[5] === 'root' ? undefined : `\`${arn}\` is no root user`;
};

/**
 * An instance, a function and a build have the credentials of a role of their own account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ofRunners: Readonly<Record<string, RegExp>> = {
  'codebuild:BuildArn': /^build\/[\w.-]+:[\w.-]+$/,
  'codebuild:ProjectArn': /^project\/[\w.-]+$/,
  'ec2:SourceInstanceArn': /^instance\/[a-z0-9-]+$/,
  'lambda:SourceFunctionArn': /^function:[\w.-]+(:[\w.-]+)?$/,
  'ssm:SourceInstanceArn': /^(managed-)?instance\/[a-z0-9-]+$/,
};

const runsInItsAccount: Fact = ({ request: { principal, context } }) => {
  const caller = oneValue(context, 'aws:PrincipalArn') ?? (principal.type === 'AWS' ? principal.arn : '');
  const isRole = /:(role|assumed-role)\//.test(caller);
  const account = arnParts(caller)?.[4];
  const wrong = Object.entries(ofRunners).find(([key, ending]) =>
    valuesOf(context, key)?.some((arn) => {
      const [, , , region = '', of, rest = ''] = arnParts(arn) ?? [];
      return !isRole || of !== account || !/^[a-z0-9-]+$/.test(region) || !ending.test(rest);
    }),
  );
  return wrong && `\`${wrong[0]}\` is of the account of the role`;
};

export const sessionFacts: readonly Fact[] = [
  saysWhatItOpens,
  passesWhatItMay,
  sessionIsIssued,
  secondFactorHasAge,
  tagsAreListed,
  chainIsOfServices,
  assumedRootIsRoot,
  runsInItsAccount,
];
