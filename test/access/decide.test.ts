import { describe, expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Zone } from '../../shared/access/zone.ts';
import { hostilePolicies } from '../bench/hostile-policies.ts';

const owner = '111122223333';
const zone: Zone = { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] };
const role = { kind: 'iam:role', arn: `arn:aws:iam::${owner}:role/app`, owner };
const bucket = { kind: 's3:bucket', arn: 'arn:aws:s3:::acme', owner };
const github = 'token.actions.githubusercontent.com';

const input = (
  resource: DecisionInput['resource'],
  Statement: unknown,
  more: Partial<DecisionInput> = {},
): DecisionInput => ({
  resource,
  policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement }) }],
  zone,
  ...more,
});

function judged(given: DecisionInput) {
  const decision = decide(given, Date.parse('2026-11-22T00:00:00Z'));
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  return decision;
}

const objects = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme/*' };

test('a grant says who, what, under which conditions, from which statement, and shows a request', () => {
  const { grants } = judged(
    input(bucket, {
      ...objects,
      Sid: 'Partner',
      Principal: { AWS: '222222222222' },
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    }),
  );
  expect(grants).toEqual([
    {
      outsider: { type: 'account', account: '222222222222' },
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::acme/*'],
      conditions: [
        { key: 'aws:SourceIp', operator: 'IpAddress', values: ['203.0.113.0/24'], bounds: 'network' },
      ],
      statements: [{ policy: 'policy', index: 0, sid: 'Partner' }],
      witness: {
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::acme/x',
        principal: { type: 'AWS', arn: 'arn:aws:iam::222222222222:role/outsider' },
        context: {
          'aws:PrincipalAccount': '222222222222',
          'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/outsider',
          'aws:PrincipalType': 'AssumedRole',
          'aws:PrincipalIsAWSService': 'false',
          'aws:userid': 'AROAZQ81XK7F2MEXAMPLE:outsider',
          'aws:SourceIp': '203.0.113.1',
          'aws:SecureTransport': 'true',
        },
      },
      because:
        'statement 0 (`Partner`) lets account 222222222222 call s3:GetObject; the condition on aws:SourceIp says from which network, not who',
    },
  ]);
});

test('an ExternalId bounds nobody, and the sentence says so', () => {
  const { grants, notes } = judged(
    input(role, {
      Effect: 'Allow',
      Principal: { AWS: '222222222222' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'x1' } },
    }),
  );
  expect(grants[0]?.outsider).toEqual({ type: 'account', account: '222222222222' });
  expect(grants[0]?.because).toContain('the ExternalId is chosen by the caller and bounds nobody');
  expect(notes).toEqual([]);
});

test('a tenant that the zone trusts is inside, one that begins alike is not', () => {
  const trusting: Zone = {
    ...zone,
    federatedTenants: [{ provider: github, claim: 'sub', value: 'repo:acme/*' }],
  };
  const trust = (sub: string) => ({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${github}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { [`${github}:sub`]: sub } },
  });
  expect(judged(input(role, trust('repo:acme/web:*'), { zone: trusting })).grants).toEqual([]);
  expect(
    judged(input(role, trust('repo:acme*'), { zone: trusting })).grants.map(({ outsider }) => outsider),
  ).toEqual([{ type: 'federated', provider: github, subject: 'repo:acme*' }]);
});

test('production, as a zone of its own, does not trust the rest of the organization', () => {
  const production: Zone = { accounts: [owner], organizationPaths: ['o-abc1234567/r-ab12/ou-prod/'] };
  const all = { ...objects, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } } };
  const unit = {
    ...objects,
    Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc1234567/r-ab12/ou-prod/*' } },
  };
  expect(judged(input(bucket, all, { zone: production })).grants.map(({ outsider }) => outsider)).toEqual([
    { type: 'organization', organization: 'o-abc1234567' },
  ]);
  expect(judged(input(bucket, unit, { zone: production })).grants).toEqual([]);
});

test('a resource control policy takes away, for the services that it covers', () => {
  const control = {
    Effect: 'Deny',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abc1234567' } },
  };
  const controls = [
    { name: 'perimeter', text: JSON.stringify({ Version: '2012-10-17', Statement: control }) },
  ];
  const topic = { kind: 'sns:topic', arn: `arn:aws:sns:eu-west-1:${owner}:t`, owner };
  const publish = { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' };
  expect(judged(input(bucket, objects, { resourceControlPolicies: controls })).grants).toEqual([]);
  expect(judged(input(topic, publish, { resourceControlPolicies: controls })).grants).toHaveLength(1);
});

describe('a policy that cannot be judged says so, and never throws', () => {
  test.each([
    '',
    'null',
    '{"Statement":{}}',
    '{"Version":"2012-10-17","Statement":[{}]}',
    '\u0000',
    '{"__proto__":1}',
  ])('%j', (text) => {
    const decision = decide({ resource: bucket, policies: [{ name: 'policy', text }], zone });
    expect(decision).toMatchObject({ state: 'unjudged', policy: 'policy' });
  });
});

test('no policy lets nobody in', () => {
  expect(decide({ resource: bucket, policies: [], zone })).toEqual({
    state: 'judged',
    grants: [],
    notes: [],
  });
});

describe('a hostile policy is judged in bounded time, and still finds its way in', () => {
  test.each(hostilePolicies().map((sample, i) => [i, sample] as const))('number %i', (_, sample) => {
    const start = process.cpuUsage();
    const { grants } = judged({ ...sample, zone });
    const { user, system } = process.cpuUsage(start);
    expect(grants.length).toBeGreaterThan(0);
    expect((user + system) / 1000).toBeLessThan(1_000);
  });
});

test('one principal of an account says nothing of another, though it is named twice', () => {
  const allow = (names: readonly string[], more: object = {}) => ({
    ...objects,
    Principal: { AWS: names.map((name) => `arn:aws:iam::222222222222:${name}`) },
    ...more,
  });
  const condition = { Condition: { StringEquals: { 's3:prefix': 'a' } } };
  const { grants } = judged(input(bucket, [allow(['role/ci', 'user/kim'], condition), allow(['user/kim'])]));
  expect(grants.map(({ outsider }) => 'principal' in outsider && outsider.principal).sort()).toEqual([
    'arn:aws:iam::222222222222:role/ci',
    'arn:aws:iam::222222222222:user/kim',
  ]);
});

test('the name of a service is no ARN, so that no ARN pattern lets it in', () => {
  const { grants } = judged(
    input(bucket, {
      ...objects,
      Condition: { ArnLike: { 'aws:PrincipalServiceName': ['sns.amazonaws.com', '*'] } },
    }),
  );
  expect(grants).toEqual([]);
});

test('a Deny of one service leaves all others', () => {
  const { grants } = judged(
    input(bucket, [
      { ...objects, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-foreign001' } } },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalServiceNamesList': 'sns.amazonaws.com' } },
      },
    ]),
  );
  expect(grants.map(({ outsider }) => outsider)).toEqual([
    { type: 'service', service: '*', source: 'o-foreign001' },
  ]);
});

test('a time that is compared as a text is not relied on to stop anybody', () => {
  const { grants } = judged(
    input(bucket, [
      objects,
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringLike: { 'aws:CurrentTime': '2*' } },
      },
    ]),
  );
  expect(grants.map(({ outsider }) => outsider)).toEqual([{ type: 'anyone' }]);
});
