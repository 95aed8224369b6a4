import type { DecisionInput } from '../../shared/access/decision.ts';
import { accountOfArn, arnParts } from '../spec/arn.ts';
import type { Statement } from '../spec/policy.ts';
import { roleNameOf } from '../spec/principal.ts';
import type { Principal } from '../spec/request.ts';
import { accountInstance, arnInstance, serviceInstance, verbatim } from './instance.ts';
import { providersFor } from './providers.ts';
import { pick, pickOr } from './random.ts';
import { principalsOf, type Vocabulary, valuesFor } from './vocabulary.ts';

/** An account that nobody speaks of by name. */
export const stranger = (random: () => number): string =>
  random() < 0.5 ? '999999999999' : Array.from({ length: 12 }, () => Math.floor(random() * 10)).join('');

const serviceKeys = ['aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList'];

/** The name that a service has in all regions, beside the one that it may have in one. */
export const inAllRegions = (name: string): string => name.replace(/\.[a-z]+-[a-z]+-\d(?=\.)/, '');

const accountKeys = ['aws:PrincipalAccount', 'kms:CallerAccount', 'aws:SourceOwner'];

const runnerKeys = [
  'ec2:SourceInstanceArn',
  'lambda:SourceFunctionArn',
  'codebuild:BuildArn',
  'codebuild:ProjectArn',
  'ssm:SourceInstanceArn',
];

function someoneOf(account: string, random: () => number): Principal {
  const names = ['role/ci', 'role/ops/deploy', 'user/kim', 'root'] as const;
  const sessions = ['assumed-role/ci/build', 'assumed-role/ci/build', 'federated-user/kim'] as const;
  const arn =
    random() < 0.3
      ? `arn:aws:sts::${account}:${pick(random, sessions)}`
      : `arn:aws:iam::${account}:${pick(random, names)}`;
  return { type: 'AWS', arn };
}

/** A caller that a value under `AWS` names. */
function namedBy(value: string, random: () => number): Principal {
  if (/^\d{12}$/.test(value)) return someoneOf(value, random);
  const account = accountOfArn(value);
  if (account !== undefined && value.endsWith(':root')) return someoneOf(account, random);
  const role = value.includes(':role/') ? roleNameOf(value) : undefined;
  if (role !== undefined && random() < 0.4)
    return { type: 'AWS', arn: `arn:aws:sts::${account}:assumed-role/${role}/s1` };
  return { type: 'AWS', arn: /[*?]/.test(value) ? arnInstance(value, random) : value };
}

function awsCaller(
  aim: Statement,
  { lines, statements }: Vocabulary,
  { zone, resource }: DecisionInput,
  random: () => number,
): Principal {
  const written = principalsOf([aim], 'AWS').filter((value) => value !== '*');
  const elsewhere = principalsOf(statements, 'AWS').filter((value) => value !== '*');
  const arns = valuesFor(lines, 'aws:PrincipalArn');
  const ids = valuesFor(lines, 'aws:userid').flatMap((id) => /^\d{12}(?=$|:)/.exec(id)?.[0] ?? []);
  const runners = valuesFor(lines, ...runnerKeys).flatMap((arn) => accountOfArn(arn) ?? []);
  const accounts = [...valuesFor(lines, ...accountKeys), ...ids, ...runners].map((value) =>
    accountInstance(value, random),
  );
  const choices = [
    ...written.map((value) => () => namedBy(value, random)),
    ...written.map((value) => () => namedBy(value, random)),
    ...elsewhere.map((value) => () => namedBy(value, random)),
    ...arns.map((value) => (): Principal => {
      if (/\/.*[*?].*\//.test(value) && random() < 0.3) return { type: 'AWS', arn: value };
      const arn = arnInstance(value, random, aim.hasVariables ? undefined : verbatim);
      return random() < 0.5 ? { type: 'AWS', arn } : namedBy(arn, random);
    }),
    ...accounts.map((account) => () => someoneOf(account, random)),
    () => someoneOf(stranger(random), random),
    () => someoneOf(stranger(random), random),
    () => someoneOf(pickOr(random, zone.accounts, resource.owner), random),
  ];
  return pickOr(random, choices, () => someoneOf(stranger(random), random))();
}

/** The same caller where all are of another partition than the usual one. */
function inPartition(caller: Principal, { resource }: DecisionInput): Principal {
  const partition = arnParts(resource.arn)?.[1];
  if (caller.type !== 'AWS' || partition === undefined || partition === 'aws') return caller;
  return { ...caller, arn: caller.arn.replace(/^arn:aws:/, `arn:${partition}:`) };
}

/** A caller that a statement may be about, or a stranger. */
export function callerFor(
  aim: Statement,
  vocabulary: Vocabulary,
  input: DecisionInput,
  random: () => number,
): Principal {
  const one = (type: string, other: string) =>
    pickOr(
      random,
      [
        ...principalsOf([aim], type),
        ...principalsOf(vocabulary.statements, type),
        ...(random() < 0.3 ? [other] : []),
      ].filter((value) => value !== '*'),
      other,
    );
  const openToAll =
    aim.principal === '*' || aim.notPrincipal !== undefined || principalsOf([aim], 'AWS').includes('*');
  const [isTrust, isS3] = [input.resource.kind === 'iam:role', input.resource.kind.startsWith('s3:')];
  const takesTokens = aim.action?.some((action) => /AssumeRoleWith/.test(action));
  const types = Object.keys(aim.principal === '*' ? {} : (aim.principal ?? {}));
  const type = pickOr(
    random,
    openToAll
      ? [
          'anonymous',
          'AWS',
          'AWS',
          'AWS',
          'Service',
          ...(isTrust ? ['Federated'] : []),
          ...(takesTokens ? Array.from({ length: 6 }, () => 'Federated') : []),
          ...(isS3 ? ['CanonicalUser'] : []),
        ]
      : [...types, ...types, 'AWS'],
    'AWS',
  );
  switch (type) {
    case 'anonymous':
      return { type };
    case 'Service': {
      const asked = valuesFor(vocabulary.lines, ...serviceKeys).map((name) => serviceInstance(name, random));
      const names = [...asked, ...asked.map(inAllRegions)];
      const usual = one(type, pick(random, ['sns.amazonaws.com', 'sns.amazonaws.com', 'kms.amazonaws.com']));
      return { type, service: random() < 0.5 ? pickOr(random, names, usual) : usual };
    }
    case 'Federated': {
      const usual = `arn:aws:iam::${input.resource.owner}:oidc-provider/token.actions.githubusercontent.com`;
      const provider =
        random() < 0.5 ? pickOr(random, providersFor(vocabulary, input, random), usual) : one(type, usual);
      return { type, provider };
    }
    case 'CanonicalUser':
      return { type, id: one(type, 'f'.repeat(64)) };
    default:
      return inPartition(awsCaller(aim, vocabulary, input, random), input);
  }
}
