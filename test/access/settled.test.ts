import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';

const owner = '111122223333';
const queue = `arn:aws:sqs:eu-west-1:${owner}:orders`;
const accounts = Array.from({ length: 10 }, (_, i) => String(222_222_222_000 + i));

/** Notes that a policy is too tangled, where it has these Denies beside an Allow for everyone. */
function widenedBy(...denies: readonly object[]) {
  const whole = { Action: 'sqs:ReceiveMessage', Resource: '*' };
  const allow = { Effect: 'Allow', Principal: '*', ...whole };
  const statements = [
    allow,
    ...denies.map((deny) => ({ Effect: 'Deny', Principal: '*', ...whole, ...deny })),
  ];
  const decision = decide({
    resource: { kind: 'sqs:queue', arn: queue, owner },
    policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
    zone: { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] },
  });
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  return decision.notes.filter(({ type }) => type === 'widest-reading');
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
