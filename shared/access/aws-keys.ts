import { isOfToken } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import { type Caller, isOfSession, principalArnOf } from './caller.ts';
import { accountArnKeys } from './credential-keys.ts';
import { absent, type Domain, fixed, open, type Setting, strangerAccount } from './domain.ts';
import { pathDomain } from './organization-path.ts';
import { assumedRoot } from './pair-names.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';

type AwsCaller = Extract<Caller, { sort: 'aws' }>;

/** Keys of services that act for a resource; nobody else has them. */
export const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
]);

/** Keys that sessions of roles, users and root users have each in their own way, or not at all. */
const keysOfForm: readonly string[] = [
  'aws:principalarn',
  'aws:principaltype',
  'aws:username',
  'aws:userid',
  'aws:tokenissuetime',
  'aws:federatedprovider',
  assumedRoot,
  ...accountArnKeys,
];

/** The same of keys that only sessions made from a token have. */
export const isOfForm = (key: string): boolean => keysOfForm.includes(key) || isOfToken(key);

/** Keys that tell signed callers apart; of any other, but those of tokens, one caller can have what another can. */
export const identityKeys: readonly string[] = [
  'aws:principalaccount',
  'kms:calleraccount',
  'aws:sourceowner',
  'aws:principalorgid',
  'aws:principalorgpaths',
  ...keysOfForm,
];

/** Names, and names under a path, which may hold any printable character. */
function namesUnder(prefix: string): readonly Pattern[] {
  const name = [one(classes.nameCharacter), many(classes.nameCharacter)];
  return [
    shape(prefix, ...name),
    shape(prefix, one(classes.printable), many(classes.printable), '/', ...name),
  ];
}

/** A session's role is known by name, not by path. */
function roleOfSession(arn: string): Domain {
  const role = principalArnOf(arn);
  const name = role.slice(role.lastIndexOf('/') + 1);
  const prefix = role.slice(0, role.lastIndexOf('/') + 1);
  const underPath = shape(prefix, one(classes.printable), many(classes.printable), `/${name}`);
  return open('aws:principalarn', {
    presence: 'always',
    fresh: [role],
    shape: () => [shape(role), underPath],
  });
}

const anyOf = ['role', 'user'] as const;

/** The ARN by which a principal of an account goes that has no name yet. */
export function usualArn(form: AwsCaller['form'], account: string, partition: string): string {
  if (form === 'root') return `arn:${partition}:iam::${account}:root`;
  if (form === 'federated-user') return `arn:${partition}:sts::${account}:federated-user/outsider`;
  return `arn:${partition}:iam::${account}:${form === 'user' ? 'user' : 'role'}/outsider`;
}

function arnDomain({ account, arn, form }: AwsCaller, { scene: { partition }, action }: Setting): Domain {
  if (arn !== undefined) return arn.includes(':assumed-role/') ? roleOfSession(arn) : fixed(arn);
  const prefix = `arn:${partition}:iam::${account}:`;
  if (form === 'root') return fixed(usualArn(form, account, partition));
  if (form === 'federated-user')
    return open('aws:principalarn', {
      presence: 'always',
      fresh: [usualArn(form, account, partition)],
      shape: () => [shape(`arn:${partition}:sts::${account}:federated-user/`, ...word)],
    });
  const forms = form === 'any' ? anyOf : [form];
  const mayBeRoot = form === 'any' && action.toLowerCase() !== 'sts:assumerole';
  return open('aws:principalarn', {
    presence: 'always',
    fresh: forms.map((type) => usualArn(type, account, partition)),
    shape: () => [
      ...gather(forms, (type) => namesUnder(`${prefix}${type}/`)),
      ...(mayBeRoot ? [shape(`${prefix}root`)] : []),
    ],
  });
}

/**
 * A caller's unique id; that of a session ends with the session's name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function uniqueIdOf(form: AwsCaller['form'], account: string, arn?: string): string {
  if (form === 'root') return account;
  if (form === 'user') return 'AIDAZQ81XK7F2MEXAMPLE';
  const session = arn !== undefined && isOfSession(arn) ? arn.slice(arn.lastIndexOf('/') + 1) : 'outsider';
  return `${form === 'federated-user' ? account : 'AROAZQ81XK7F2MEXAMPLE'}:${session}`;
}

const word = [one(classes.nameCharacter), many(classes.nameCharacter)];
const roleIds = shape('AROA', ...word, ...shape(':'), many(classes.nameCharacter));
const userIds = shape('AIDA', ...word);

/** The id of a root user is its account; of others it is what IAM gave them, with a session's name behind it. */
function userIdDomain({ form, account, arn }: AwsCaller): Domain {
  if (form === 'root') return fixed(account);
  if (arn !== undefined && form === 'federated-user') return fixed(uniqueIdOf(form, account, arn));
  const isSession = arn !== undefined && isOfSession(arn);
  const shapes: Readonly<Record<Exclude<typeof form, 'root'>, readonly Pattern[]>> = {
    role: [isSession ? shape('AROA', ...word, arn.slice(arn.lastIndexOf('/')).replace('/', ':')) : roleIds],
    user: [userIds],
    any: [roleIds, userIds],
    'federated-user': [shape(`${account}:`, ...word)],
  };
  return open('aws:userid', {
    presence: 'always',
    fresh: [uniqueIdOf(form, account, arn)],
    shape: () => shapes[form],
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype */
export const principalTypes = {
  role: 'AssumedRole',
  any: 'AssumedRole',
  user: 'User',
  root: 'Account',
  'federated-user': 'FederatedUser',
} as const;

/** In seconds. */
const mfaAge = open('aws:multifactorauthage', { accepts: (text) => Number(text) >= 0 });

/**
 * Whether whoever makes an integration tells what it is from: a table or a database of any account, which says nothing
 * of the caller. https://docs.aws.amazon.com/glue/latest/dg/zero-etl-target.html
 */
const tellsSource = (action: string): boolean => /^(?:glue|redshift):createinboundintegration$/i.test(action);

/** Whether resources of the kind are targets of integrations. */
export const isTargetOfIntegrations = (kind: string): boolean =>
  kind.startsWith('glue:') || kind.startsWith('redshift');

const integrationSource = open('aws:sourcearn', {
  fresh: [`arn:aws:dynamodb:us-east-1:${strangerAccount}:table/outsider`],
  shape: () => [shape('arn:', one(classes.writable), many(classes.writable))],
});

const label = [one(classes.unitCharacter), many(classes.unitCharacter)];
const plainName = [one(classes.providerName), many(classes.providerName)];

/** What stands behind the account in the ARNs of instances, functions and builds. */
const endings: Readonly<Record<string, readonly Pattern[]>> = {
  'codebuild:buildarn': [[...shape('build/'), ...plainName, ...shape(':'), ...plainName]],
  'codebuild:projectarn': [[...shape('project/'), ...plainName]],
  'ec2:sourceinstancearn': [[...shape('instance/'), ...label]],
  'lambda:sourcefunctionarn': [
    [...shape('function:'), ...plainName],
    [...shape('function:'), ...plainName, ...shape(':'), ...plainName],
  ],
  'ssm:sourceinstancearn': [
    [...shape('instance/'), ...label],
    [...shape('managed-instance/'), ...label],
  ],
};

/** What the credentials of a role's session were given to, in the role's account. */
const ofOwnAccount =
  (key: string): Reader =>
  ({ account, form }, { scene: { partition } }) => {
    if (form !== 'any' && form !== 'role') return absent;
    const start = [
      ...shape(`arn:${partition}:`),
      ...label,
      ...shape(':'),
      ...label,
      ...shape(`:${account}:`),
    ];
    return open(key, {
      fresh: none,
      shape: () => (endings[key] ?? none).map((ending) => [...start, ...ending]),
    });
  };

type Reader = (caller: AwsCaller, setting: Setting) => Domain;

/**
 * Who vouched for the person behind a role's session; nobody else's credentials come by an identity provider.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider
 */
const sessionProvider: Reader = ({ account, form }, { scene: { partition } }) =>
  form === 'role' || form === 'any'
    ? open('aws:federatedprovider', {
        fresh: [`arn:${partition}:iam::${account}:oidc-provider/idp.example.com`],
      })
    : absent;

function userName({ arn, form }: AwsCaller): Domain {
  if (form !== 'user') return absent;
  if (arn !== undefined) return fixed(arn.slice(arn.lastIndexOf('/') + 1));
  return open('aws:username', {
    presence: 'always',
    shape: () => [shape(one(classes.nameCharacter), many(classes.nameCharacter))],
  });
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...[...sourceKeys].map((key): [string, Reader] => [key, () => absent]),
  ['aws:sourcearn', (_, { action }) => (tellsSource(action) ? integrationSource : absent)],
  ...accountArnKeys.map((key): [string, Reader] => [key, ofOwnAccount(key)]),
  ['aws:principalaccount', ({ account }) => fixed(account)],
  ['kms:calleraccount', ({ account }) => fixed(account)],
  [
    'aws:sourceowner',
    ({ account }) => open('aws:sourceowner', { fresh: [account], shape: () => [shape(account)] }),
  ],
  ['aws:principalorgid', ({ membership }) => fixed(membership?.organization)],
  ['aws:principalorgpaths', ({ membership }) => pathDomain('aws:principalorgpaths', membership)],
  ['aws:principalarn', arnDomain],
  ['aws:principalisawsservice', () => fixed('false')],
  ['aws:principaltype', ({ form }) => fixed(principalTypes[form])],
  ['aws:username', userName],
  ['aws:userid', userIdDomain],
  ['aws:multifactorauthpresent', () => open('aws:multifactorauthpresent', { fresh: ['true'] })],
  ['aws:multifactorauthage', () => mfaAge],
  ['aws:federatedprovider', sessionProvider],
]);

/**
 * What a token or an assertion says stays with the role's session that it bought; no user has such.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#cross-condition-keys-wif
 */
const isForeign = (key: string, { form }: AwsCaller) => form !== 'role' && form !== 'any' && isOfToken(key);

/** What a key can be in a signed request of a principal. */
export const awsKey = (key: string, caller: AwsCaller, setting: Setting): Domain =>
  readers.get(key)?.(caller, setting) ?? (isForeign(key, caller) ? absent : open(key));
