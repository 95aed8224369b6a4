import { expect, test } from 'vitest';
import type { PrincipalElement, Statement } from './policy.ts';
import { principalMatches } from './principal.ts';
import type { Principal } from './request.ts';
import type { Truth } from './truth.ts';

const aws = (arn: string): Principal => ({ type: 'AWS', arn });
const role = 'arn:aws:iam::222222222222:role/ops/ci';
const session = 'arn:aws:sts::222222222222:assumed-role/ci/build-7';
const root = 'arn:aws:iam::222222222222:root';

const statement: Statement = {
  policy: 'policy',
  index: 0,
  effect: 'Allow',
  conditions: [],
  hasVariables: true,
};

const rows: readonly [string, PrincipalElement, Principal, Truth][] = [
  ['a star, the unsigned', '*', { type: 'anonymous' }, 'yes'],
  ['a star under AWS, the unsigned', { AWS: ['*'] }, { type: 'anonymous' }, 'yes'],
  ['an account, its role', { AWS: ['222222222222'] }, aws(role), 'yes'],
  ['a root ARN, a session', { AWS: [root] }, aws(session), 'yes'],
  ['an account, another', { AWS: ['333333333333'] }, aws(role), 'no'],
  ['a role, its session', { AWS: [role] }, aws(session), 'yes'],
  [
    'a role, a role of that name in another path',
    { AWS: [role] },
    aws('arn:aws:iam::222222222222:role/ci'),
    'no',
  ],
  ['a session, the role at large', { AWS: [session] }, aws(role), 'no'],
  ['a session, another of the role', { AWS: [session] }, aws(`${session}0`), 'no'],
  ['an ARN with a wildcard', { AWS: ['arn:aws:iam::222222222222:role/*'] }, aws(role), 'no'],
  ['a unique id', { AWS: ['AROAEXAMPLEEXAMPLE123'] }, aws(role), 'no'],
  ['a service', { Service: ['sns.amazonaws.com'] }, { type: 'Service', service: 'sns.amazonaws.com' }, 'yes'],
  ['one of several', { AWS: [root], Service: ['sns.amazonaws.com'] }, aws(role), 'yes'],
  [
    'a provider by ARN, by issuer',
    { Federated: ['arn:aws:iam::111111111111:oidc-provider/gitlab.com'] },
    { type: 'Federated', provider: 'gitlab.com' },
    'yes',
  ],
  ['a canonical user', { CanonicalUser: ['abc'] }, { type: 'CanonicalUser', id: 'abd' }, 'no'],
];

test.each(rows)('Principal: %s', (_, principal, caller, expected) => {
  expect(principalMatches({ ...statement, principal }, caller)).toBe(expected);
});

const exceptions: readonly [string, PrincipalElement, Principal, Truth][] = [
  ['account and role listed, the role', { AWS: [root, role] }, aws(role), 'no'],
  ['the role alone listed, the role', { AWS: [role] }, aws(role), 'unsure'],
  ['the account alone listed, the role', { AWS: [root] }, aws(role), 'unsure'],
  ['the account alone listed, its root user', { AWS: [root] }, aws(root), 'no'],
  ['another listed', { AWS: ['333333333333'] }, aws(role), 'yes'],
  ['an account listed, the unsigned', { AWS: [root] }, { type: 'anonymous' }, 'yes'],
  ['everyone listed', '*', aws(role), 'no'],
];

test.each(exceptions)('NotPrincipal: %s', (_, notPrincipal, caller, expected) => {
  expect(principalMatches({ ...statement, notPrincipal }, caller)).toBe(expected);
});

test('in an ACL the authenticated users are not everyone', () => {
  const acl: Statement = { ...statement, policy: 'acl', principal: { AWS: ['*'] } };
  expect(principalMatches(acl, { type: 'anonymous' })).toBe('no');
  expect(principalMatches(acl, aws(role))).toBe('yes');
});
