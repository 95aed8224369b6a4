import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';

const owner = '111122223333';
const github = 'token.actions.githubusercontent.com';
const subjects = Array.from({ length: 500 }, (_, i) => `repo:acme/a${i}`);
const accounts = Array.from({ length: 60 }, (_, i) => String(222_222_222_000 + i));

function judged(kind: string, arn: string, ...statements: readonly object[]) {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })),
  });
  const zone = { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] };
  const decision = decide({
    resource: { kind, arn, owner },
    policies: [{ name: 'policy', text }],
    zone,
  });
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  return decision;
}

const queue = `arn:aws:sqs:eu-west-1:${owner}:orders`;

test('a list of 500 subjects is 500 grants, each with its own subject alone', () => {
  const { grants, notes } = judged('iam:role', `arn:aws:iam::${owner}:role/app`, {
    Principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${github}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Resource: undefined,
    Condition: { StringEquals: { [`${github}:sub`]: subjects } },
  });
  expect(grants.map(({ outsider, conditions }) => [outsider, conditions])).toEqual(
    subjects.map((subject) => [
      { type: 'federated', provider: github, subject },
      [{ key: `${github}:sub`, operator: 'StringEquals', values: [subject], bounds: 'provider' }],
    ]),
  );
  expect(notes).toEqual([]);
  expect(JSON.stringify(grants).length).toBeLessThan(1_000_000);
});

test.each([
  ['aws:PrincipalAccount', 'StringEquals', (account: string) => account, '*'],
  ['aws:PrincipalArn', 'ArnLike', (account: string) => `arn:aws:iam::${account}:root`, '*'],
  ['aws:SourceAccount', 'StringEquals', (account: string) => account, { Service: 'sns.amazonaws.com' }],
  [
    'aws:SourceArn',
    'ArnLike',
    (account: string) => `arn:aws:sns:eu-west-1:${account}:x`,
    { Service: 'sns.amazonaws.com' },
  ],
])(
  'a list of 60 accounts under %s is 60 grants, each with its own value',
  (key, operator, write, Principal) => {
    const { grants } = judged('sqs:queue', queue, {
      Principal,
      Action: 'sqs:SendMessage',
      Condition: { [operator]: { [key]: accounts.map(write) } },
    });
    expect(grants.map(({ conditions: [condition] }) => condition?.values)).toEqual(
      accounts.map((account) => [write(account)]),
    );
  },
);

test('a list of a few accounts stands as the policy writes it', () => {
  const few = accounts.slice(0, 50);
  const { grants } = judged('sqs:queue', queue, {
    Principal: '*',
    Action: 'sqs:SendMessage',
    Condition: { StringEquals: { 'aws:PrincipalAccount': few } },
  });
  expect(grants.every(({ conditions: [condition] }) => condition?.values.length === 50)).toBe(true);
});

const many = Array.from({ length: 300 }, (_, i) => i);
const bucket = 'arn:aws:s3:::acme';
const read = { Action: 's3:GetObject', Resource: `${bucket}/*` };
const roleOf = (i: number) => `arn:aws:iam::${222_222_222_000 + i}:role/r${i}`;
const roleIn = (i: number) => `arn:aws:iam::222222222222:role/r${i}`;
const unit = (i: number) => `o-zz11111111/r-ab12/ou-ab12-${String(i).padStart(8, '0')}`;

const lists: readonly (readonly [string, object | readonly object[]])[] = [
  ['roles of many accounts', { Condition: { ArnLike: { 'aws:PrincipalArn': many.map(roleOf) } } }],
  ['roles of one account', { Condition: { StringEquals: { 'aws:PrincipalArn': many.map(roleIn) } } }],
  [
    'globs of the roles of many accounts',
    { Condition: { ArnLike: { 'aws:PrincipalArn': many.map((i) => `${roleOf(i)}-*`) } } },
  ],
  [
    'units of one organization',
    { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': many.map((i) => `${unit(i)}/*`) } } },
  ],
];

const denied = (Condition: object) => [
  { Principal: '*', ...read },
  { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${bucket}/*`, Condition },
];

const spared: readonly (readonly [string, object])[] = [
  ['roles of many accounts', { ArnNotLike: { 'aws:PrincipalArn': many.map(roleOf) } }],
  ['roles of one account', { StringNotLike: { 'aws:PrincipalArn': many.map(roleIn) } }],
  ['organizations', { StringNotEquals: { 'aws:PrincipalOrgID': many.map((i) => `o-zz${10_000_000 + i}`) } }],
];

const allows = lists.map(
  ([name, more]) => [`an Allow for ${name}`, [{ Principal: '*', ...read, ...more }]] as const,
);
const denies = spared.map(([name, condition]) => [`a Deny to all but ${name}`, denied(condition)] as const);

test.each([...allows, ...denies])('%s, 300 of them, is 300 grants, all proved', (_, statements) => {
  const { grants, notes } = judged('s3:bucket', bucket, ...statements);
  expect(grants.length).toBe(300);
  expect(notes).toEqual([]);
});
