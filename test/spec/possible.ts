import { accessPointFacts } from './access-point-facts.ts';
import { arnParts } from './arn.ts';
import { callerFacts } from './caller-facts.ts';
import { networkFacts } from './network-facts.ts';
import { instant } from './operator.ts';
import { organizationFacts } from './organization-facts.ts';
import type { Question } from './question.ts';
import { oneValue, type Request, valuesOf } from './request.ts';
import { sessionFacts } from './session-facts.ts';
import { sourceFacts } from './source-facts.ts';
import { tokenFacts } from './token-facts.ts';
import type { Fact, Situation } from './world.ts';

/**
 * Keys with more than one value, of the services whose keys are listed here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const multiValued = new RegExp(
  `^(${[
    'aws:(principalorgpaths|sourceorgpaths|vpceorgpaths|resourceorgpaths|principalservicenameslist|calledvia|tagkeys)',
    'sts:(transitivetagkeys|identitytokenaudience|requestcontextproviders)',
    's3:(requestobjecttagkeys|inventoryaccessibleoptionalfields)',
    'kms:(encryptioncontextkeys|grantoperations|resourcealiases)',
    'lambda:(layer|securitygroupids|subnetids)',
    'events:(source|detail-type|eventbusarn|targetarn|metadata/.*)',
    'dynamodb:(attributes|leadingkeys|(first|second|third|fourth)partitionkeyvalues|fistargetarns)',
    'secretsmanager:addreplicaregions',
  ].join('|')})$`,
);

/** Keys of these services, and the claims that every token has; of others we do not know how many values they have. */
const listed = /^(aws|sts|s3|kms|lambda|events|dynamodb|secretsmanager|sns|sqs|ecr):|:(sub|aud)$/;

const keysAreSingle: Fact = ({ request: { context } }) => {
  const key = Object.keys(context).find((written) => {
    const name = written.toLowerCase();
    return listed.test(name) && !multiValued.test(name) && (valuesOf(context, written)?.length ?? 0) > 1;
  });
  return key && `\`${key}\` has one value`;
};

/** Of the names of tags, services and attributes, and of the paths of organizations, none is empty. */
const listsHoldNames: Fact = ({ request: { context } }) => {
  const key = Object.keys(context).find(
    (name) => multiValued.test(name.toLowerCase()) && valuesOf(context, name)?.includes('') === true,
  );
  return key && `\`${key}\` has no empty value`;
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties */
const alwaysThere = [
  'aws:SecureTransport',
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:ViaAWSService',
  'aws:RequestedRegion',
];

/**
 * The region that is asked is the resource's, where that has one. Of a copy that AWS Backup makes it is not said which.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
const regionIsTheResources: Fact = ({ question: { resource }, request: { context, action } }) => {
  const asked = oneValue(context, 'aws:RequestedRegion');
  const region = arnParts(resource.arn)?.[3] ?? '';
  const isOpen = region === '' || region.includes('*') || action.startsWith('backup:');
  return asked !== undefined && !isOpen && asked !== region
    ? `the resource is not in \`${asked}\``
    : undefined;
};

const carriesWhatAllCarry: Fact = ({ request: { context }, asksFor }) => {
  const missing = alwaysThere.find((key) => asksFor(key) && valuesOf(context, key) === undefined);
  return missing && `every request has \`${missing}\``;
};

const day = 24 * 60 * 60 * 1000;

/** A request is made now or later. */
const isNotPast: Fact = ({ request: { context } }) => {
  const times = ['aws:CurrentTime', 'aws:EpochTime'].flatMap((key) => oneValue(context, key) ?? []);
  const wrong = times.find((time) => !(instant(time) > Date.now() - day));
  if (wrong !== undefined) return `\`${wrong}\` is past, or no time`;
  const [first, second] = times.map(instant);
  return first !== undefined && second !== undefined && Math.abs(first - second) > 1000
    ? 'the two times differ'
    : undefined;
};

/**
 * A root user cannot assume a role, nor can the sessions of GetFederationToken: of STS they call GetCallerIdentity alone.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
const someAssumeNothing: Fact = ({ request: { action, principal } }) =>
  action.toLowerCase() === 'sts:assumerole' &&
  principal.type === 'AWS' &&
  /:(root$|federated-user\/)/.test(principal.arn)
    ? `\`${principal.arn}\` cannot assume a role`
    : undefined;

/** A function URL has one auth type, and unsigned calls come to URLs of type NONE only; signed ones to both. */
const urlHasAuthType: Fact = ({ request: { context } }) => {
  const type = oneValue(context, 'lambda:FunctionUrlAuthType');
  return type !== undefined && type !== 'NONE' && type !== 'AWS_IAM'
    ? `\`${type}\` is no auth type`
    : undefined;
};

/**
 * Names, tags and the ids of instances cannot hold a wildcard, whoever chooses them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
const named =
  /^(aws:(principaltag|requesttag|resourcetag)\/.*|aws:username|aws:userid|aws:sourceidentity|aws:calledvia(first|last)|sts:(rolesessionname|externalid|sourceidentity)|ec2:sourceinstancearn)$/;

const namesAreNames: Fact = ({ request: { context } }) => {
  const key = Object.keys(context).find(
    (name) => named.test(name.toLowerCase()) && valuesOf(context, name)?.some((value) => /[*?$]/.test(value)),
  );
  return key && `\`${key}\` cannot hold a wildcard`;
};

const booleans = [
  'aws:SecureTransport',
  'aws:ViaAWSService',
  'aws:PrincipalIsAWSService',
  'aws:MultiFactorAuthPresent',
  'aws:ViaAWSMCPService',
  'aws:AssumedRoot',
  'kms:GrantIsForAWSResource',
  'lambda:InvokedViaFunctionUrl',
];

const booleansAreBoolean: Fact = ({ request: { context } }) => {
  const key = booleans.find((name) => !/^(true|false)$/.test(valuesOf(context, name)?.join() ?? 'true'));
  return key && `\`${key}\` is true or false`;
};

const facts: readonly Fact[] = [
  ...callerFacts,
  ...organizationFacts,
  ...sourceFacts,
  ...networkFacts,
  ...accessPointFacts,
  ...tokenFacts,
  ...sessionFacts,
  keysAreSingle,
  listsHoldNames,
  booleansAreBoolean,
  namesAreNames,
  carriesWhatAllCarry,
  regionIsTheResources,
  isNotPast,
  someAssumeNothing,
  urlHasAuthType,
];

/** Why no such request can ever reach AWS; undefined when one can. */
export function impossibility(question: Question, request: Request): string | undefined {
  const keys = question.keysOn(request.resource);
  const asksFor = (key: string) => keys.has(key.toLowerCase());
  const situation: Situation = { question, request, asksFor };
  for (const fact of facts) {
    const reason = fact(situation);
    if (reason) return reason;
  }
  return undefined;
}
