import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GrantCondition, Outsider } from '../../shared/access/grant.ts';
import { actionClasses, classOfAction, classOfActions } from '../../shared/findings/action-class.ts';
import {
  accessSeverity,
  type Crowd,
  severities,
  severityOf,
  severityOfGap,
} from '../../shared/findings/severity.ts';
import { grant, place } from './samples.ts';

describe('the class of an action is the worst that it can mean', () => {
  test.each([
    ['*', 'administer'],
    ['s3:*', 'administer'],
    ['s3:Put*', 'administer'],
    ['s3:PutBucketPolicy', 'administer'],
    ['kms:Create*', 'administer'],
    ['lambda:AddPermission', 'administer'],
    ['SQS:SetQueueAttributes', 'administer'],
    ['sts:AssumeRole', 'credentials'],
    ['sts:AssumeRoleWithWebIdentity', 'credentials'],
    ['sts:*', 'credentials'],
    ['sts:TagSession', 'write'],
    ['secretsmanager:GetSecretValue', 'credentials'],
    ['secretsmanager:Get*', 'credentials'],
    ['secretsmanager:*', 'administer'],
    ['s3:PutObject', 'write'],
    ['sqs:Send*', 'write'],
    ['sqs:SendMessage', 'write'],
    ['lambda:InvokeFunction', 'write'],
    ['s3:GetObject', 'read'],
    ['s3:GetBucketPolicy', 'read'],
    ['s3:Get*', 'read'],
    ['kms:Decrypt', 'read'],
    ['s3:G*', 'write'],
    ['events:PutEvents', 'write'],
    ['ecr:BatchGetImage', 'read'],
  ] as const)('%s: %s', (action, expected) => {
    expect(classOfAction(action)).toBe(expected);
  });

  test('a list of actions is as bad as its worst', () => {
    expect(classOfActions(['s3:GetObject', 's3:PutObject'])).toBe('write');
  });

  test('a pattern is never of a lesser class than an action that it covers', () => {
    const actions = [
      's3:GetObject',
      's3:PutObject',
      's3:PutBucketPolicy',
      'sqs:SendMessage',
      'kms:CreateGrant',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...actions), fc.nat(20), (action, length) => {
        const start = action.indexOf(':') + 1;
        const pattern = `${action.slice(0, start + length)}*`;
        const rank = (each: string) => actionClasses.indexOf(classOfAction(each));
        expect(rank(pattern)).toBeLessThanOrEqual(rank(action));
      }),
    );
  });
});

const outsiders: readonly Outsider[] = [
  { type: 'anyone' },
  { type: 'any-account' },
  { type: 'account', account: '222222222222' },
  { type: 'account-pattern', pattern: '2*' },
  { type: 'organization', organization: 'o-other00001' },
  { type: 'organization', organization: '*' },
  { type: 'service', service: 's3.amazonaws.com', source: 'any' },
  { type: 'service', service: 's3.amazonaws.com', source: '222222222222' },
  { type: 'federated', provider: 'token.actions.githubusercontent.com', subject: 'any' },
  { type: 'federated', provider: 'saml-provider/Okta', subject: 'any' },
  { type: 'canonical-user', id: 'a'.repeat(64) },
];

test('a condition that keeps callers out makes a grant less severe, one that the caller satisfies does not', () => {
  const condition = (bounds: GrantCondition['bounds']): GrantCondition => ({
    key: 'k',
    operator: 'StringEquals',
    values: ['v'],
    bounds,
  });
  for (const outsider of outsiders) {
    const open = severityOf(grant({ outsider }));
    const rank = (bounds: GrantCondition['bounds']) =>
      severities.indexOf(severityOf(grant({ outsider, conditions: [condition(bounds)] })));
    expect(rank('network')).toBe(Math.min(severities.indexOf(open) + 1, 3));
    expect(rank('request')).toBe(severities.indexOf(open));
    expect(rank('none')).toBe(severities.indexOf(open));
  }
});

test('the same access is as severe whether the principal or a condition says who', () => {
  const saying = (outsider: Outsider, key: string, ...values: readonly string[]) =>
    severityOf(
      grant({ outsider, conditions: [{ key, operator: 'StringEquals', values, bounds: 'caller' }] }),
    );
  for (const outsider of outsiders) {
    const says = saying(outsider, 'aws:PrincipalAccount', '222222222222');
    const isEverybody = outsider.type === 'anyone' || outsider.type === 'any-account';
    expect(says === severityOf(grant({ outsider }))).toBe(!(isEverybody || outsider.type === 'federated'));
  }
  const account: Outsider = { type: 'account', account: '222222222222' };
  const organization: Outsider = { type: 'organization', organization: 'o-other00001' };
  const many = saying(organization, 'aws:PrincipalOrgID', 'o-other00001');
  const one = saying(account, 'aws:PrincipalAccount', '222222222222');
  expect(severities.indexOf(many)).toBeLessThanOrEqual(severities.indexOf(one));
});

test('more callers and a worse class are never less severe', () => {
  const rank = (crowd: Crowd) =>
    (['control', ...actionClasses] as const).map((actionClass) =>
      severities.indexOf(accessSeverity[crowd][actionClass]),
    );
  const crowds = Object.keys(accessSeverity) as Crowd[];
  for (const ranks of crowds.map(rank)) expect(ranks).toEqual(ranks.toSorted());
  for (const [index, crowd] of crowds.slice(1).entries())
    for (const [worth, each] of rank(crowd).entries())
      expect(each).toBeGreaterThanOrEqual(rank(crowds[index] as Crowd)[worth] ?? 0);
});

describe('tokens of an issuer that strangers share', () => {
  const github = 'token.actions.githubusercontent.com';
  const claim = (key: string, value: string): GrantCondition => ({
    key: `${github}:${key}`,
    operator: 'StringLike',
    values: [value],
    bounds: 'provider',
  });
  const assume = (subject: string, more: readonly GrantCondition[] = []) =>
    severityOf(
      grant({
        outsider: { type: 'federated', provider: github, subject },
        actions: ['sts:AssumeRoleWithWebIdentity'],
        conditions: [claim('aud', 'sts.amazonaws.com'), claim('sub', subject), ...more],
      }),
    );

  test.each([
    'any',
    '*',
    'repo:*',
    'repo:*/infra:*',
    'repo:globex*',
    'environment:prod',
    'repo:${aws:RequestTag/a}/*',
  ])('%s is everyone, for it names no tenant', (subject) => {
    expect(assume(subject)).toBe('critical');
  });

  test.each([
    'repo:globex/infra:*',
    'REPO:Globex/Infra:*',
    'repository_owner_id:12345',
    'repo:${aws:ResourceTag/a}/*',
  ])('%s is one tenant', (subject) => {
    expect(assume(subject)).toBe('high');
  });

  test('another claim names the tenant as well as the subject, and what any tenant can have does not', () => {
    expect(assume('any', [claim('repository', 'globex/infra')])).toBe('high');
    expect(assume('any', [claim('repository', 'globex*')])).toBe('critical');
    expect(assume('any', [claim('environment', 'prod')])).toBe('critical');
    expect(assume('any', [{ ...claim('repository', 'globex/infra'), bounds: 'none' }])).toBe('critical');
  });
});

test.each([
  'oidc.circleci.com/org/0191e223-1c3c-7607-badf-303c98b52d2f',
  'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
  'token.actions.githubusercontent.com/acme',
])('all tokens of %s are one tenant', (provider) => {
  const outsider: Outsider = { type: 'federated', provider, subject: 'any' };
  expect(severityOf(grant({ outsider, actions: ['sts:AssumeRoleWithWebIdentity'] }))).toBe('high');
});

test('who shares an issuer that is not listed, nobody knows', () => {
  const outsider: Outsider = { type: 'federated', provider: 'idp.example.com', subject: 'any' };
  expect(severityOf(grant({ outsider, actions: ['sts:AssumeRoleWithWebIdentity'] }))).toBe('critical');
});

test('a role that administers its account is worse, a vendor by name and a crossing inside are less bad', () => {
  const assume = grant({ actions: ['sts:AssumeRole'] });
  expect(severityOf(assume)).toBe('high');
  expect(severityOf(assume, { power: 'administrator' })).toBe('critical');
  expect(severityOf(assume, { power: 'unread' })).toBe('high');
  expect(severityOf(assume, { vendor: 'Northwind' })).toBe('medium');
  expect(severityOf(assume, { boundary: 'production' })).toBe('medium');
});

test('anyone who may assume a role is critical, a named account that may read is not', () => {
  expect(severityOf(grant({ outsider: { type: 'anyone' }, actions: ['sts:AssumeRole'] }))).toBe('critical');
  expect(severityOf(grant())).toBe('medium');
});

test('a blind account is worse than a blind kind, and what passes by itself is less', () => {
  expect(severityOfGap({ type: 'account', account: place.account }, 'role-missing')).toBe('high');
  expect(severityOfGap({ type: 'kind', place, kind: 'sqs:queue' }, 'denied')).toBe('medium');
  expect(severityOfGap({ type: 'kind', place, kind: 'sqs:queue' }, 'throttled')).toBe('low');
});
