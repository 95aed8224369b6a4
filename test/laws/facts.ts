import type { DecisionInput } from '../../shared/access/decision.ts';
import { accountOfArn, arnParts } from '../spec/arn.ts';
import { issuerOf, roleNameOf } from '../spec/principal.ts';
import type { Principal } from '../spec/request.ts';
import { inAllRegions, stranger } from './callers.ts';
import { accountInstance, arnInstance, instanceOf } from './instance.ts';
import { pick, pickOr } from './random.ts';
import { principalsOf, type Vocabulary, valuesFor } from './vocabulary.ts';

export type Draft = Record<string, string | string[]>;

/** A place like a path: what is no root or no unit in it becomes one, as a rule. */
export function placeLike(path: string, random: () => number): string {
  const [organization = '', root = '', ...units] = path.toLowerCase().split('/');
  const named = /(?:^|\/)ou-([a-z0-9]{4,})-/.exec(path)?.[1];
  const id = /^r-([a-z0-9]{4,})$/.exec(root)?.[1] ?? named ?? 'ab12';
  const [start, isUnit] = [`ou-${id}-`, new RegExp(`^ou-${id}-[a-z0-9]{8,}$`)];
  const unitLike = (unit: string) => {
    const begun = unit.startsWith(start) ? unit.slice(start.length).replaceAll('-', '') : '';
    return start + begun.padEnd(8, pick(random, ['2', '3']));
  };
  const below = [...(root.startsWith('ou-') ? [root] : []), ...units].filter((unit) => unit !== '');
  const made = below.map((unit) => (isUnit.test(unit) || random() < 0.1 ? unit : unitLike(unit)));
  return `${[organization, `r-${id}`, ...made].join('/')}/`;
}

/** A service that is named for all regions may list the name that it has in one as well. */
function namesOf(service: string, { lines }: Vocabulary, random: () => number): string[] {
  const regional = valuesFor(lines, 'aws:PrincipalServiceNamesList').filter(
    (name) => name !== service && inAllRegions(name) === service,
  );
  const other = random() < 0.5 ? regional[0] : undefined;
  return other === undefined ? [service] : [service, other];
}

/** A glob of paths whose star before a unit, or within its id, stands for what is above it. */
export const inSegments = (path: string): string =>
  path.replace(
    /^(?:o-)?([a-z0-9]*)\*(?:ou-)?(?=[a-z0-9]{4,}-)/,
    (_, name) => `o-${name === '' ? 'stranger00' : name}/ou-`,
  );

/** A glob of the ids of organizations whose wildcard at the beginning stands for how all of them begin. */
const withBeginning = (glob: string): string =>
  glob
    .replace(/^[*?]-|^\?\?/, 'o-')
    .replace(/^\*(?=o-)/, '')
    .replace(/^\*(?=.)/, 'o-stranger00');

/** Where an account may be in organizations: `undefined` in none. */
function placeIn(
  keys: readonly [string, string],
  { lines }: Vocabulary,
  { zone }: DecisionInput,
  random: () => number,
) {
  const fresh = `o-${pick(random, ['s', 's', 'a', 'z'])}tranger00/r-zz99/ou-zz99-11111111/`;
  const paths = [...valuesFor(lines, keys[1]), ...zone.organizationPaths].map((path) =>
    placeLike(instanceOf(inSegments(path), random), random),
  );
  const organizations = [
    ...valuesFor(lines, keys[0]),
    zone.ownerOrganization ?? zone.organization ?? 'o-stranger00',
  ].map((id) => `${instanceOf(withBeginning(id), random)}/r-ab12/${pick(random, ['', 'ou-ab12-33333333/'])}`);
  const choice = random();
  if (choice < 0.25) return undefined;
  if (choice < 0.4) return fresh;
  return pickOr(random, [...paths, ...organizations], fresh).toLowerCase();
}

function principalType(resource: string): string {
  const types = { root: 'Account', user: 'User', 'federated-user': 'FederatedUser' };
  return types[(resource.split('/')[0] ?? '') as keyof typeof types] ?? 'AssumedRole';
}

function userId(resource: string, account: string): string {
  if (resource === 'root') return account;
  if (resource.startsWith('user/')) return 'AIDASTRANGERSTRANGER';
  const [, name] = resource.split('/');
  if (resource.startsWith('federated-user/')) return `${account}:${name}`;
  const session = resource.startsWith('assumed-role/') ? resource.split('/').at(-1) : 's1';
  return `AROASTRANGERSTRANGER:${session}`;
}

function awsFacts(arn: string, vocabulary: Vocabulary, input: DecisionInput, random: () => number): Draft {
  const account = accountOfArn(arn) ?? stranger(random);
  const resource = arnParts(arn)?.[5] ?? '';
  const isSession = resource.startsWith('assumed-role/');
  const sameRole = [
    ...principalsOf(vocabulary.statements, 'AWS'),
    ...valuesFor(vocabulary.lines, 'aws:PrincipalArn'),
  ].find(
    (value) =>
      value.includes(':role/') &&
      !/[*?$]/.test(value) &&
      arnParts(value)?.[1] === arnParts(arn)?.[1] &&
      accountOfArn(value) === account &&
      roleNameOf(value) === roleNameOf(arn),
  );
  const path = placeIn(['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'], vocabulary, input, random);
  const id = userId(resource, account);
  const ids = valuesFor(vocabulary.lines, 'aws:userid').map((value) =>
    instanceOf(value.replace(/^\*/, 'AROASTRANGER'), random).replace(/^a(?:roa|ida)\w*/, (one) =>
      one.toUpperCase(),
    ),
  );
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': isSession
      ? (sameRole ?? `arn:${arnParts(arn)?.[1]}:iam::${account}:role/${roleNameOf(arn)}`)
      : arn,
    'aws:PrincipalType': principalType(resource),
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': pickOr(random, [...ids.filter((one) => one.startsWith(id.slice(0, 4))), id], id),
    ...(resource.startsWith('user/') && { 'aws:username': resource.split('/').at(-1) ?? '' }),
    ...(!/^(user\/|root$)/.test(resource) && { 'aws:TokenIssueTime': new Date().toISOString() }),
    ...(path !== undefined && {
      'aws:PrincipalOrgID': path.split('/')[0] ?? '',
      'aws:PrincipalOrgPaths': [path],
    }),
    ...(input.resource.kind === 'kms:key' && { 'kms:CallerAccount': account }),
    ...(input.resource.kind === 'sns:topic' && { 'aws:SourceOwner': account }),
    ...integrationFacts(vocabulary, input, random),
    ...(/^(role|assumed-role)\//.test(resource) && vouchedFor(vocabulary, random)),
  };
}

/** Who vouched for the person behind a role's session, where policies ask for it. */
function vouchedFor({ lines }: Vocabulary, random: () => number): Draft {
  const providers = valuesFor(lines, 'aws:FederatedProvider').map((value) =>
    value.startsWith('arn:') ? arnInstance(value, random) : instanceOf(value, random),
  );
  return providers.length === 0 || random() < 0.3
    ? {}
    : { 'aws:FederatedProvider': pickOr(random, providers, '') };
}

/** What integrations are from, where the resource is a target of such. */
function integrationFacts({ lines }: Vocabulary, { resource }: DecisionInput, random: () => number): Draft {
  if (!/^(glue|redshift):/.test(resource.kind)) return {};
  const arns = valuesFor(lines, 'aws:SourceArn').map((value) => arnInstance(value, random));
  return arns.length === 0 ? {} : { 'aws:SourceArn': pickOr(random, arns, '') };
}

function serviceFacts(
  service: string,
  vocabulary: Vocabulary,
  input: DecisionInput,
  random: () => number,
): Draft {
  const { lines } = vocabulary;
  const arns = valuesFor(lines, 'aws:SourceArn').map((value) => arnInstance(value, random));
  const isAsked = arns.length > 0 || random() < 0.2;
  const arn =
    !isAsked || random() < 0.2
      ? undefined
      : pickOr(random, arns, `arn:aws:sns:us-east-1:${stranger(random)}:x`);
  const accounts = [
    ...valuesFor(lines, 'aws:SourceAccount', 'aws:SourceOwner'),
    ...input.zone.accounts,
    stranger(random),
    stranger(random),
  ];
  const account =
    (arn && accountOfArn(arn)) ?? accountInstance(pickOr(random, accounts, stranger(random)), random);
  const path = placeIn(['aws:SourceOrgID', 'aws:SourceOrgPaths'], vocabulary, input, random);
  const ownerIsAsked = valuesFor(lines, 'aws:SourceOwner').length > 0;
  return {
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': service,
    'aws:PrincipalServiceNamesList': namesOf(service, vocabulary, random),
    ...(random() < 0.9 && {
      'aws:SourceAccount': account,
      ...(random() < (ownerIsAsked ? 0.9 : 0.2) && { 'aws:SourceOwner': account }),
      ...(arn !== undefined && { 'aws:SourceArn': arn }),
      ...(path !== undefined && {
        'aws:SourceOrgID': path.split('/')[0] ?? '',
        'aws:SourceOrgPaths': [path],
      }),
    }),
  };
}

/** A canonical user is an account outside, and AWS says so of its principals. */
function canonicalFacts(vocabulary: Vocabulary, input: DecisionInput, random: () => number): Draft {
  const arns = valuesFor(vocabulary.lines, 'aws:PrincipalArn').flatMap((value) => accountOfArn(value) ?? []);
  const mentioned = [...valuesFor(vocabulary.lines, 'aws:PrincipalAccount'), ...arns].map((value) =>
    accountInstance(value, random),
  );
  const outside = mentioned.filter(
    (account) =>
      /^\d{12}$/.test(account) && ![...input.zone.accounts, input.resource.owner].includes(account),
  );
  const account = pickOr(random, [...outside, stranger(random)], stranger(random));
  return awsFacts(`arn:aws:iam::${account}:user/kim`, vocabulary, input, random);
}

/** What AWS says of the caller. */
export function callerFacts(
  principal: Principal,
  vocabulary: Vocabulary,
  input: DecisionInput,
  random: () => number,
): Draft {
  switch (principal.type) {
    case 'anonymous':
      return {
        'aws:PrincipalAccount': 'anonymous',
        'aws:PrincipalType': 'Anonymous',
        'aws:userid': 'anonymous',
      };
    case 'AWS':
      return awsFacts(principal.arn, vocabulary, input, random);
    case 'Service':
      return serviceFacts(principal.service, vocabulary, input, random);
    case 'Federated': {
      const issuer = issuerOf(principal.provider);
      return issuer.startsWith('saml-provider/')
        ? { 'aws:FederatedProvider': principal.provider, 'saml:sub': 'someone' }
        : {
            'aws:FederatedProvider': principal.provider,
            [`${issuer}:sub`]: 'repo:stranger/any:ref:refs/heads/main',
            [`${issuer}:aud`]: 'someone',
          };
    }
    case 'CanonicalUser':
      return canonicalFacts(vocabulary, input, random);
    default:
      return principal satisfies never;
  }
}
