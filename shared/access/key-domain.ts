import { parseArn } from '../iam/arn.ts';
import { parseDate } from '../iam/comparison.ts';
import { isOfUrl, keyFacts } from '../iam/context-key.ts';
import { hasWildcard } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { accountKey, arnKey, pointAccount, pointArn } from './access-point.ts';
import { anonymousKey } from './anonymous-keys.ts';
import { assumeRoleKeys, permissionFor } from './assume-role-keys.ts';
import { awsKey } from './aws-keys.ts';
import {
  absent,
  type Domain,
  fixed,
  open,
  plainText,
  resourceKey,
  type Setting,
  strangerAccount,
  usualAddress,
} from './domain.ts';
import { federatedKey } from './federated-keys.ts';
import { freshOrganization } from './organization-like.ts';
import { organizationIds, somePath } from './organization-path.ts';
import { classes, many, one, type Pattern, shape, times } from './pattern.ts';
import { serviceKey } from './service-keys.ts';

const identified = (prefix: string) => (): readonly Pattern[] => [
  shape(prefix, one(classes.lowerOrDigit), many(classes.lowerOrDigit)),
];

/** What a key can be in the requests of one sort of caller; undefined where that is as for any other key. */
type Reader = (setting: Setting) => Domain | undefined;

/** The same in every request. */
const constantly =
  (domain: Domain): Reader =>
  () =>
    domain;
const always = (key: string, ...fresh: readonly string[]): Reader =>
  constantly(open(key, { presence: 'always', fresh }));
const atEndpoint =
  (domain: Domain): Reader =>
  ({ network }) =>
    network === 'internet' ? absent : domain;

const epochSeconds = (now: number) => String(Math.floor(now / 1000));

/** An unsigned call comes to a URL of type NONE. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function urlAuthType({ caller, action }: Setting): Domain {
  const key = 'lambda:functionurlauthtype';
  if (caller.sort === 'anonymous' && action === 'lambda:InvokeFunctionUrl') return fixed('NONE');
  if (caller.sort === 'anonymous' && action === 'lambda:InvokeFunction') {
    return open(key, { fresh: ['NONE'], shape: () => [shape('NONE')] });
  }
  return open(key, { fresh: ['AWS_IAM', 'NONE'], shape: () => [shape('AWS_IAM'), shape('NONE')] });
}

const notByUrl = open('lambda:invokedviafunctionurl', { fresh: ['false'], shape: () => [shape('false')] });

/** The mark of a call to a URL: without one, nobody unsigned invokes a function; with one, nobody whom no URL lets in. */
function urlMark({ caller, action, scene }: Setting): Domain | undefined {
  if (action !== 'lambda:InvokeFunction') return undefined;
  if (caller.sort === 'anonymous') return fixed('true');
  return scene.urlCallers === 'none' ? notByUrl : undefined;
}

/**
 * The servers for agents sign with their callers' credentials. Whether other requests lack the key, AWS does not say.
 * https://docs.aws.amazon.com/agent-toolkit/latest/userguide/security_iam_service-with-iam.html
 */
const notForAgents = open('aws:viaawsmcpservice', { fresh: ['false'], shape: () => [shape('false')] });
/** The longest that a session lasts, that of GetSessionToken, in hours. */
const longestSession = 36;

/**
 * When the credentials of a session were issued: a role's or a federated user's are always those of one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
function issueTime({ caller, scene: { clock } }: Setting): Domain | undefined {
  if (caller.sort === 'anonymous' || caller.sort === 'federated') return undefined;
  const { now } = clock;
  const isSession = caller.sort !== 'service' && (caller.form === 'role' || caller.form === 'federated-user');
  return open('aws:tokenissuetime', {
    presence: isSession ? 'always' : 'optional',
    fresh: [new Date(now).toISOString()],
    accepts: (text) => parseDate(text) >= now - longestSession * 3_600_000,
  });
}

/**
 * The region whose endpoint is asked, which is the resource's, where that has one. AWS Backup copies from one region
 * into another: which of them is told there, is not said.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
function requestedRegion({ action, scene: { arn } }: Setting): Domain {
  const region = parseArn(arn)?.region ?? '';
  const isOpen = region === '' || hasWildcard(region) || action.startsWith('backup:');
  if (!isOpen) return fixed(region);
  return open('aws:requestedregion', { presence: 'always', fresh: [region === '' ? 'us-east-1' : region] });
}

/** The name of a service, which is never empty. */
const calledVia = (key: string): readonly [string, Reader] => {
  const named = open(key, { fresh: ['cloudformation.amazonaws.com'], ...plainText });
  return [key, ({ caller }) => (caller.sort === 'aws' || caller.sort === 'canonical' ? named : undefined)];
};

const addressOfService = open('aws:sourceip', { presence: 'optional', fresh: [usualAddress] });
const addressOfCaller = open('aws:sourceip', { presence: 'always', fresh: [usualAddress] });

/** Keys that describe the request or its way, the same for every sort of caller. */
const ofRequest: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...['aws:resourceaccount', 's3:resourceaccount'].map((key): [string, Reader] => [
    key,
    ({ scene }) => fixed(scene.owner),
  ]),
  [
    'aws:resourceorgid',
    ({ scene: { ownerOrganization } }) =>
      ownerOrganization === undefined
        ? open('aws:resourceorgid', { fresh: [freshOrganization] })
        : fixed(ownerOrganization),
  ],
  [
    'aws:resourceorgpaths',
    ({ scene: { ownerOrganization } }) => somePath('aws:resourceorgpaths', ownerOrganization),
  ],
  [
    'aws:currenttime',
    ({ scene }) =>
      open('aws:currenttime', { presence: 'always', fresh: [new Date(scene.clock.now).toISOString()] }),
  ],
  [
    'aws:epochtime',
    ({ scene }) => open('aws:epochtime', { presence: 'always', fresh: [epochSeconds(scene.clock.now)] }),
  ],
  ['aws:securetransport', always('aws:securetransport', 'true')],
  [
    'aws:viaawsservice',
    ({ caller }) =>
      caller.sort === 'aws' || caller.sort === 'canonical'
        ? open('aws:viaawsservice', { presence: 'always', fresh: ['false'] })
        : fixed('false'),
  ],
  [
    'aws:viaawsmcpservice',
    ({ caller }) => (caller.sort === 'aws' || caller.sort === 'canonical' ? undefined : notForAgents),
  ],
  [accountKey, ({ scene }) => pointAccount(scene)],
  [arnKey, ({ scene }) => pointArn(scene)],
  ['lambda:functionurlauthtype', urlAuthType],
  ['lambda:invokedviafunctionurl', urlMark],
  ...assumeRoleKeys,
  ['aws:tokenissuetime', issueTime],
  ['aws:requestedregion', requestedRegion],
  calledVia('aws:calledviafirst'),
  calledVia('aws:calledvialast'),
  [
    'aws:sourceip',
    ({ caller, network }) => {
      if (network === 'endpoint') return absent;
      return caller.sort === 'service' ? addressOfService : addressOfCaller;
    },
  ],
  [
    'aws:sourcevpc',
    atEndpoint(
      open('aws:sourcevpc', { presence: 'always', fresh: ['vpc-0zq81xk7f2m'], shape: identified('vpc-') }),
    ),
  ],
  [
    'aws:sourcevpce',
    atEndpoint(
      open('aws:sourcevpce', { presence: 'always', fresh: ['vpce-0zq81xk7f2m'], shape: identified('vpce-') }),
    ),
  ],
  ['aws:vpcsourceip', atEndpoint(open('aws:vpcsourceip', { fresh: ['10.0.0.7'] }))],
  [
    'aws:vpceaccount',
    atEndpoint(
      open('aws:vpceaccount', { fresh: [strangerAccount], shape: () => [times(classes.digit, 12)] }),
    ),
  ],
  [
    'aws:vpceorgid',
    atEndpoint(open('aws:vpceorgid', { fresh: [freshOrganization], shape: () => [organizationIds] })),
  ],
  ['aws:vpceorgpaths', atEndpoint(somePath('aws:vpceorgpaths', undefined))],
]);

/**
 * What one of a VPC endpoint's other keys says, a request from a public address has not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties
 */
const ofEndpoint = /^aws:(?:sourcevpcarn|vpce.*)$/;

/** What is said of a key whoever calls; kept by key, for each decision asks for the same few. */
const sharedReader = remembering((key): Reader => {
  if (isOfUrl(key)) return constantly(absent);
  if (key.startsWith('aws:') && keyFacts(key).unknown) return constantly(open(key));
  const reader = ofRequest.get(key);
  if (reader !== undefined) return reader;
  const permission = permissionFor(key);
  if (permission !== undefined) return ({ withheld }) => (withheld.includes(permission) ? absent : undefined);
  return ofEndpoint.test(key) ? atEndpoint(open(key)) : () => undefined;
});

function ofCaller(key: string, setting: Setting): Domain {
  const { caller } = setting;
  switch (caller.sort) {
    case 'anonymous':
      return anonymousKey(key);
    case 'aws':
      return awsKey(key, caller, setting);
    case 'canonical': {
      const { account, membership, form } = caller;
      return awsKey(key, { sort: 'aws', account, membership, arn: undefined, form }, setting);
    }
    case 'service':
      return serviceKey(key, caller, setting);
    case 'federated':
      return federatedKey(key, caller);
    default:
      return caller satisfies never;
  }
}

/**
 * What values a key can have in a request of the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @param key in lower case
 */
export const domainOf = (key: string, setting: Setting): Domain =>
  key === resourceKey ? setting.resource : (sharedReader(key)(setting) ?? ofCaller(key, setting));
