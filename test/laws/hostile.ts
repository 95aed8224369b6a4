import type { DecisionInput } from '../../shared/access/decision.ts';
import { type Kind, kinds, outside, owner } from './cast.ts';
import { pick, randomFrom } from './random.ts';

type Random = () => number;

/** How long a policy may be, in characters: the largest limit of each service. */
const limits: Readonly<Record<string, number>> = {
  'iam:role': 8192,
  's3:bucket': 20_480,
  'kms:key': 32_768,
  'ecr:repository': 10_240,
};
const usualLimit = 20_480;

const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const account = (random: Random) => String(Math.floor(random() * 1e12)).padStart(12, '0');
const stars = (random: Random) =>
  many(3 + Math.floor(random() * 20), () => pick(random, ['*', '*a', '?*', '*b?', 'a*'])).join('');

/** Statements that are laborious to judge, each in its own way. */
const labours: readonly [
  (random: Random, kind: Kind) => object,
  ...((random: Random, kind: Kind) => object)[],
] = [
  // Globs with many stars, which a backtracking matcher never finishes.
  (random, kind) => ({
    Effect: pick(random, ['Allow', 'Deny']),
    Principal: '*',
    Action: kind.actions[0],
    Resource: many(4, () => `${kind.arn}${kind.id.startsWith('lambda') ? ':' : '/'}${stars(random)}`),
    Condition: { StringLike: { 'aws:PrincipalArn': many(3, () => `arn:aws:iam::*:role/${stars(random)}`) } },
  }),
  // Every request is denied but for a few principals, again and again.
  (random, kind) => ({
    Effect: 'Deny',
    NotPrincipal: {
      AWS: many(5, () => `arn:aws:iam::${account(random)}:role/r`).concat(`arn:aws:iam::${outside}:root`),
    },
    Action: kind.actions[0],
    Resource: '*',
  }),
  // Negations over many values.
  (random, kind) => ({
    Effect: pick(random, ['Allow', 'Deny']),
    Principal: '*',
    Action: pick(random, kind.actions),
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': many(12, () => account(random)) },
      StringNotLike: { 'aws:PrincipalOrgID': many(5, (index) => `o-a${index}*`) },
    },
  }),
  // Many keys at once, known and unknown.
  (random, kind) => ({
    Effect: pick(random, ['Allow', 'Deny']),
    Principal: { AWS: '*' },
    Action: pick(random, kind.actions),
    Resource: '*',
    Condition: {
      StringEqualsIfExists: Object.fromEntries(
        many(15, (index) => [`aws:PrincipalTag/t${index}`, pick(random, ['a', 'b'])]),
      ),
      'ForAllValues:StringLike': { [`x:k${Math.floor(random() * 9)}`]: ['a*', '*b'] },
    },
  }),
  // Ranges that cut each other up.
  (random, kind) => ({
    Effect: pick(random, ['Allow', 'Deny']),
    Principal: '*',
    Action: pick(random, kind.actions),
    Resource: '*',
    Condition: {
      [pick(random, ['IpAddress', 'NotIpAddress'])]: {
        'aws:SourceIp': many(
          8,
          () =>
            `${Math.floor(random() * 223)}.${Math.floor(random() * 255)}.0.0/${8 + Math.floor(random() * 16)}`,
        ),
      },
      DateGreaterThan: { 'aws:CurrentTime': `20${30 + Math.floor(random() * 60)}-01-01T00:00:00Z` },
    },
  }),
  // Actions by their complement.
  (random, kind) => ({
    Effect: pick(random, ['Allow', 'Deny']),
    Principal: '*',
    NotAction: many(8, () => `${kind.id.split(':')[0]}:${stars(random).slice(0, 6)}`),
    Resource: '*',
  }),
];

/** A policy as long as the service takes it, of laborious statements. */
export function hostileInput(seed: number): DecisionInput {
  const random = randomFrom(seed);
  const kind = pick(random, kinds);
  const limit = limits[kind.id] ?? usualLimit;
  const size = limit * pick(random, [0.1, 0.5, 1]);
  const only = random() < 0.5 ? undefined : pick(random, labours);
  const statements: object[] = [];
  let length = 60;
  for (;;) {
    const statement = (only ?? pick(random, labours))(random, kind);
    length += JSON.stringify(statement).length + 1;
    if (length > size && statements.length > 0) break;
    statements.push(statement);
  }
  return {
    resource: { kind: kind.id, arn: kind.arn, owner },
    policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
    zone: { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] },
  };
}
