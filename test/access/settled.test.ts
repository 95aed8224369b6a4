import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';

const owner = '111122223333';
const queue = `arn:aws:sqs:eu-west-1:${owner}:orders`;
const accounts = Array.from({ length: 10 }, (_, i) => String(222_222_222_000 + i));

const whole = { Action: 'sqs:ReceiveMessage', Resource: '*' };

function judged(...statements: readonly object[]) {
  const decision = decide({
    resource: { kind: 'sqs:queue', arn: queue, owner },
    policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
    zone: { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] },
  });
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  const widened = decision.notes.filter(({ type }) => type === 'widest-reading');
  return { outsiders: decision.grants.map(({ outsider }) => outsider), widened };
}

/** Notes that a policy is too tangled, where it has these Denies beside an Allow for everyone. */
function widenedBy(...denies: readonly object[]) {
  const allow = { Effect: 'Allow', Principal: '*', ...whole };
  return judged(allow, ...denies.map((deny) => ({ Effect: 'Deny', Principal: '*', ...whole, ...deny })))
    .widened;
}

test('Denies that have nothing to do with why a caller is refused do not make a policy too tangled', () => {
  const notes = widenedBy(
    { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
    {
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc1234567' },
        ArnNotLike: { 'aws:PrincipalArn': accounts.map((account) => `arn:aws:iam::${account}:role/ci`) },
      },
    },
    {
      Principal: undefined,
      NotPrincipal: { AWS: [`arn:aws:iam::${accounts[0]}:role/ci`, `arn:aws:iam::${accounts[1]}:root`] },
      Condition: { StringNotLike: { 'aws:userid': `AROAEXAMPLE2:\${aws:username}` } },
    },
  );
  expect(notes).toEqual([]);
});

test('eight Denies with four exceptions each are settled', () => {
  const denies = accounts.slice(2).map((account, i) => ({
    Condition: {
      StringNotEquals: { 'aws:PrincipalTag/team': `team-${i}` },
      StringNotLike: { 'aws:UserAgent': `tool-${i}*` },
      ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/x-*` },
      NotIpAddress: { 'aws:SourceIp': `203.0.113.${i}/32` },
    },
  }));
  const perimeter = {
    Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ['o-abc1234567', 'o-xyz9876543'] } },
  };
  expect(widenedBy(...denies, perimeter)).toEqual([]);
});

const globs = Array.from({ length: 1_500 }, (_, i) => `*${10_000 + i * 7}*`);

test.each([
  [{ Principal: '*' }, 'aws:PrincipalAccount', { type: 'any-account' }],
  [{ Principal: '*' }, 'aws:PrincipalOrgID', { type: 'any-account' }],
  [
    { Principal: { Service: 'sns.amazonaws.com' } },
    'aws:SourceAccount',
    { type: 'service', service: 'sns.amazonaws.com', source: 'any' },
  ],
])('of %j with more globs of %s than can be settled, the widest alone is told', (whom, key, outsider) => {
  const { outsiders, widened } = judged({
    Effect: 'Allow',
    ...whom,
    ...whole,
    Condition: { StringLike: { [key]: globs } },
  });
  expect(outsiders).toEqual([outsider]);
  expect(widened).toHaveLength(1);
});

test('what stands beside more globs than can be settled is settled all the same', () => {
  const { outsiders } = judged(
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      ...whole,
      Condition: { StringLike: { 'aws:SourceAccount': globs } },
    },
    {
      Effect: 'Allow',
      Principal: '*',
      ...whole,
      Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } },
    },
  );
  expect(outsiders).toEqual([
    { type: 'account', account: '444455556666' },
    { type: 'service', service: 'sns.amazonaws.com', source: 'any' },
  ]);
});
