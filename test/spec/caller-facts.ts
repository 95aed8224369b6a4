import { accountOfArn, arnParts } from './arn.ts';
import { issuerOf, roleNameOf } from './principal.ts';
import { type Context, oneValue, type Principal, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/**
 * What AWS itself says of a caller. None of these can be forged.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */

/** The ARNs that aws:PrincipalArn may show for a caller: of a session it shows the role. */
function showsAs(arn: string, shown: string): boolean {
  if (arnParts(arn)?.[5]?.startsWith('assumed-role/') !== true) return shown === arn;
  const isRole = arnParts(shown)?.[5]?.startsWith('role/') === true;
  const isOfSamePlace =
    arnParts(shown)?.[1] === arnParts(arn)?.[1] && accountOfArn(shown) === accountOfArn(arn);
  return isRole && isOfSamePlace && roleNameOf(shown) === roleNameOf(arn);
}

function typeOf(principal: Principal): string | undefined {
  if (principal.type === 'anonymous') return 'Anonymous';
  if (principal.type !== 'AWS') return undefined;
  const resource = arnParts(principal.arn)?.[5] ?? '';
  if (resource === 'root') return 'Account';
  if (resource.startsWith('user/')) return 'User';
  return resource.startsWith('federated-user/') ? 'FederatedUser' : 'AssumedRole';
}

/**
 * The unique id of a caller: a root user's is its account's, a session's has the session's name behind it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
function isUserId(arn: string, id: string): boolean {
  const resource = arnParts(arn)?.[5] ?? '';
  if (resource === 'root') return id === accountOfArn(arn);
  if (resource.startsWith('user/')) return /^AIDA[^:]+$/.test(id);
  if (resource.startsWith('federated-user/')) return id === `${accountOfArn(arn)}:${resource.split('/')[1]}`;
  const [type, , session] = resource.split('/');
  return /^AROA[^:]+:[^:]*$/.test(id) && (type !== 'assumed-role' || id.endsWith(`:${session}`));
}

/**
 * What the credentials of a session were given to. Only requests that they sign say so, and what a service does by
 * itself is signed with none of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ofSessions =
  /^(aws:(ec2instancesource(vpc|privateipv4)|chatbotsourcearn|signinsessionarn)|ec2:(sourceinstancearn|roledelivery)|lambda:sourcefunctionarn|codebuild:(build|project)arn|glue:(credentialissuingservice|roleassumedby)|ssm:sourceinstancearn|identitystore:userid)$/;

/** Of authenticated requests. https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html */
const ofSignatures = /^s3(-object-lambda|-outposts|express)?:(signatureversion|authtype|signatureage)$/;

/**
 * Keys that a caller cannot have, by the caller's sort. What a service does with a principal's credentials comes as
 * that principal; what it does by itself has neither aws:CalledVia nor aws:ViaAWSService.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
 */
const never: Readonly<Record<Principal['type'], readonly RegExp[]>> = {
  anonymous: [
    ofSessions,
    ofSignatures,
    /^aws:principal(arn|orgid|orgpaths|tag\/.*|isawsservice|servicename|servicenameslist)$/,
    /^aws:(username|sourceidentity|multifactorauth.*|tokenissuetime|federatedprovider|calledvia(first|last)?|assumedroot)$/,
  ],
  AWS: [/^aws:principalservicename(slist)?$/],
  // Service principals are in no organization; their account and ARN, if any, are not documented: taken as absent.
  Service: [
    ofSessions,
    /^aws:principal(arn|account|orgid|orgpaths|tag\/.*)$/,
    /^aws:(username|sourceidentity|multifactorauth.*|federatedprovider|calledvia(first|last)?|assumedroot)$/,
  ],
  // A token is presented without a signature, so that there is no account and no organization yet.
  Federated: [
    ofSessions,
    /^aws:principal(arn|orgid|orgpaths|isawsservice|servicename|servicenameslist)$/,
    /^aws:(username|multifactorauth.*|tokenissuetime|calledvia(first|last)?|assumedroot)$/,
  ],
  CanonicalUser: [/^aws:principalservicename(slist)?$/],
};

/**
 * What IAM Roles Anywhere reads out of a certificate are tags of the session that it asks for.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const isOfCertificate = (principal: Principal, key: string): boolean =>
  principal.type === 'Service' &&
  principal.service.startsWith('rolesanywhere.') &&
  /^aws:principaltag\/x509/i.test(key);

const hasNoStrangeKey: Fact = ({ request: { principal, context } }) => {
  const strange = Object.keys(context).find(
    (key) =>
      valuesOf(context, key) !== undefined &&
      !isOfCertificate(principal, key) &&
      never[principal.type].some((pattern) => pattern.test(key.toLowerCase())),
  );
  return strange && `a caller of type ${principal.type} has no \`${strange}\``;
};

/**
 * The providers that IAM knows by themselves; every other has an ARN. Cognito has names of its own in some partitions.
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
 */
const builtIn =
  /^(cognito-identity(-us-gov|\.us-gov-east-1)?\.amazonaws\.com|cognito-identity\.cn-north-1\.amazonaws\.com\.cn|accounts\.google\.com|www\.amazon\.com|graph\.facebook\.com)$/;

/**
 * The values that follow from the caller. The servers for agents pass on what is signed, and only that.
 * https://docs.aws.amazon.com/agent-toolkit/latest/userguide/security_iam_service-with-iam.html
 */
function expected(principal: Principal): Readonly<Record<string, (value: string) => boolean>> {
  switch (principal.type) {
    case 'anonymous':
      return {
        'aws:PrincipalAccount': (value) => value === 'anonymous',
        'aws:userid': (value) => value === 'anonymous',
        'aws:PrincipalType': (value) => value === 'Anonymous',
        'aws:ViaAWSService': (value) => value === 'false',
        'aws:ViaAWSMCPService': (value) => value === 'false',
      };
    case 'AWS':
      return {
        'aws:PrincipalArn': (value) => showsAs(principal.arn, value),
        'aws:PrincipalAccount': (value) => value === accountOfArn(principal.arn),
        'aws:PrincipalType': (value) => value === typeOf(principal),
        'aws:userid': (value) => isUserId(principal.arn, value),
        'aws:PrincipalIsAWSService': (value) => value === 'false',
      };
    case 'Service':
      return {
        'aws:PrincipalIsAWSService': (value) => value === 'true',
        'aws:PrincipalServiceName': (value) => value === principal.service,
        'aws:userid': (value) => !/^\d{12}$/.test(value),
        'aws:ViaAWSService': (value) => value === 'false',
        'aws:ViaAWSMCPService': (value) => value === 'false',
      };
    case 'CanonicalUser':
      return {
        'aws:PrincipalAccount': (value) => /^\d{12}$/.test(value),
        'aws:PrincipalIsAWSService': (value) => value === 'false',
      };
    case 'Federated':
      return {
        'aws:FederatedProvider': (value) =>
          issuerOf(value) === issuerOf(principal.provider) &&
          (value.startsWith('arn:') || builtIn.test(value)),
        'aws:PrincipalAccount': (value) => value === 'anonymous',
        'aws:ViaAWSService': (value) => value === 'false',
        'aws:ViaAWSMCPService': (value) => value === 'false',
      };
    default:
      return principal satisfies never;
  }
}

/** Keys that every request of such a caller carries. */
const always: Readonly<Record<Principal['type'], readonly string[]>> = {
  anonymous: ['aws:PrincipalAccount', 'aws:PrincipalType', 'aws:userid'],
  AWS: [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalType',
    'aws:PrincipalIsAWSService',
    'aws:userid',
  ],
  Service: ['aws:PrincipalIsAWSService', 'aws:PrincipalServiceName'],
  Federated: ['aws:FederatedProvider'],
  CanonicalUser: [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalType',
    'aws:PrincipalIsAWSService',
    'aws:userid',
  ],
};

const isWhoItIs: Fact = ({ request: { principal, context } }) => {
  const wrong = Object.entries(expected(principal)).find(([key, fits]) => {
    const values = valuesOf(context, key);
    return values !== undefined && !(values.length === 1 && fits(values[0] ?? ''));
  });
  return wrong && `the caller's \`${wrong[0]}\` is not \`${valuesOf(context, wrong[0])}\``;
};

const carriesItsKeys: Fact = ({ request: { principal, context }, asksFor }) => {
  const missing = always[principal.type].find((key) => asksFor(key) && valuesOf(context, key) === undefined);
  return missing && `every caller of type ${principal.type} has \`${missing}\``;
};

/**
 * A provider is a resource of the account, or one that is built in. No principal but the star alone takes a wildcard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
const isProvider = (text: string): boolean =>
  builtIn.test(text) ||
  /^arn:aws[a-z-]*:iam::\d{12}:(oidc|saml)-provider\/(?!https?:\/\/)[^*?\s]+$/.test(text);

/**
 * The ARNs that a caller can have. A path may hold any printable sign, colons and stars too.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * Service-linked roles are among them: a policy can name one of another account, and its service then comes by it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const hasCallerArn: Fact = ({ question, request: { principal } }) => {
  if (principal.type === 'Service' && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(principal.service))
    return `\`${principal.service}\` is no service`;
  if (principal.type === 'Federated' && !isProvider(principal.provider))
    return `\`${principal.provider}\` is no provider`;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
  const own = arnParts(question.resource.arn)?.[1] ?? 'aws';
  if (principal.type === 'Federated' && (arnParts(principal.provider)?.[1] ?? own) !== own)
    return `\`${principal.provider}\` is of another partition`;
  if (principal.type !== 'AWS') return undefined;
  const shape =
    /^arn:aws[a-z-]*:(iam::\d{12}:(root|(user|role)\/([!-~]*\/)?[\w+=,.@-]+)|sts::\d{12}:(assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+))$/;
  if (arnParts(principal.arn)?.[1] !== own) return `\`${principal.arn}\` is of another partition`;
  return shape.test(principal.arn) ? undefined : `no caller has the ARN \`${principal.arn}\``;
};

/** Canonical ids are S3's. https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html */
const canonicalUsersAreOfS3: Fact = ({ question, request: { principal } }) =>
  principal.type === 'CanonicalUser' && !question.resource.kind.startsWith('s3:')
    ? 'a canonical user comes to S3 alone'
    : undefined;

/** A service has one name for all regions, and may have another for the one that it is in. */
const namesListHoldsTheName: Fact = ({ request: { principal, context } }) => {
  const names = valuesOf(context, 'aws:PrincipalServiceNamesList');
  if (principal.type !== 'Service' || names === undefined) return undefined;
  if (!names.includes(principal.service)) return 'the service is not among its own names';
  const everywhere = (name: string) => name.replace(/\.[a-z]+(-[a-z]+)+-[0-9]\./, '.');
  const regional = names.filter((name) => everywhere(name) !== name);
  return names.every((name) => everywhere(name) === everywhere(principal.service)) && regional.length < 2
    ? undefined
    : `\`${names}\` are names of several services`;
};

/** The last part of a user's ARN is the user's name; nobody else has one. */
const hasItsName: Fact = ({ request: { principal, context } }) => {
  const name = oneValue(context, 'aws:username');
  if (name === undefined || principal.type === 'CanonicalUser') return undefined;
  const resource = principal.type === 'AWS' ? (arnParts(principal.arn)?.[5] ?? '') : '';
  return resource.startsWith('user/') && resource.split('/').at(-1) === name
    ? undefined
    : `\`${name}\` is not the caller's name`;
};

/**
 * A role's name is unique in its account: where a statement names the role of a session by its ARN, that is its ARN.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const roleIsTheNamedOne: Fact = ({ question: { statements, controls }, request: { principal, context } }) => {
  const shown = oneValue(context, 'aws:PrincipalArn');
  if (principal.type !== 'AWS' || shown === undefined || shown === principal.arn) return undefined;
  const named = [...statements, ...controls]
    .flatMap(({ principal: element, notPrincipal }) => [element, notPrincipal])
    .flatMap((element) => (element === undefined || element === '*' ? [] : (element.AWS ?? [])))
    .filter((written) => showsAs(principal.arn, written));
  return named.length > 0 && !named.includes(shown)
    ? `the role of the session is \`${named[0]}\``
    : undefined;
};

/** What the account itself must be for the judged resource's sake: the owner knows its own. */
export function accountOf(principal: Principal, context: Context): string | undefined {
  return principal.type === 'AWS' ? accountOfArn(principal.arn) : oneValue(context, 'aws:PrincipalAccount');
}

export const callerFacts: readonly Fact[] = [
  hasCallerArn,
  canonicalUsersAreOfS3,
  hasNoStrangeKey,
  isWhoItIs,
  carriesItsKeys,
  namesListHoldsTheName,
  hasItsName,
  roleIsTheNamedOne,
];
