import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outsider } from '../../shared/access/grant.ts';
import { accessFindings } from '../../shared/findings/from-decision.ts';
import { bucket, grant, role } from './samples.ts';

const titleOf = (outsider: Outsider, actions: readonly string[]) =>
  accessFindings(role, [grant({ outsider, actions })])[0]?.title;

test('a title is a sentence that says who can do what to which resource', () => {
  expect(titleOf({ type: 'anyone' }, ['sts:AssumeRole'])).toBe(
    'Anyone can assume iam:role role/deploy of account 111122223333',
  );
  expect(accessFindings(bucket, [grant({ outsider: { type: 'any-account' } })])[0]?.title).toBe(
    'Any AWS account can read s3:bucket acme-data of account 111122223333',
  );
});

test('every sort of outsider has a name', () => {
  const assume = ['sts:AssumeRole'];
  const who = (outsider: Outsider) => titleOf(outsider, assume)?.split(' can ')[0];
  const account = '222222222222';
  expect(who({ type: 'account', account, principal: `arn:aws:iam::${account}:role/ci` })).toBe(
    'role/ci of account 222222222222',
  );
  expect(who({ type: 'account-pattern', pattern: '2*' })).toBe('Accounts like 2*');
  expect(who({ type: 'organization', organization: '*' })).toBe('Any organization');
  expect(who({ type: 'organization', organization: 'o-other00001' })).toBe('Organization o-other00001');
  expect(who({ type: 'service', service: 'sns.amazonaws.com', source: 'any' })).toBe(
    'sns.amazonaws.com for any account',
  );
  expect(who({ type: 'federated', provider: 'gitlab.com', subject: 'any' })).toBe('Anyone of gitlab.com');
  expect(who({ type: 'federated', provider: 'gitlab.com', subject: 'project_path:x/*' })).toBe(
    'project_path:x/* of gitlab.com',
  );
  expect(who({ type: 'canonical-user', id: 'abc' })).toBe('Canonical user abc');
});

test('grants of one identity are one finding: all that any allows, under the conditions that all share', () => {
  const network = {
    key: 'aws:SourceIp',
    operator: 'IpAddress',
    values: ['192.0.2.0/24'],
    bounds: 'network',
  } as const;
  const agent = { key: 'aws:UserAgent', operator: 'StringLike', values: ['ci*'], bounds: 'none' } as const;
  const findings = accessFindings(bucket, [
    grant({ conditions: [network, agent], actions: ['s3:GetObject'], because: 'with both' }),
    grant({
      conditions: [network],
      actions: ['s3:ListBucket'],
      resources: ['arn:aws:s3:::acme-data'],
      because: 'with one',
    }),
  ]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.grant).toMatchObject({
    actions: ['s3:GetObject', 's3:ListBucket'],
    resources: ['arn:aws:s3:::acme-data/*', 'arn:aws:s3:::acme-data'],
    conditions: [network],
    statements: [{ policy: 'policy', index: 0 }],
    because: 'with one; besides, with both',
  });
  const many = Array.from({ length: 5 }, (_, index) => grant({ because: `sentence ${index}` }));
  expect(accessFindings(bucket, many)[0]?.grant.because).toBe(
    'sentence 0; besides, sentence 1; besides, sentence 2; and 2 more grants of the kind',
  );
});

test('no grant is lost, and no identity is there twice', () => {
  const anyGrant = fc
    .record({
      account: fc.constantFrom('222222222222', '333333333333'),
      actions: fc.subarray(['s3:GetObject', 's3:PutObject', 's3:*'], { minLength: 1 }),
    })
    .map(({ account, actions }) => grant({ outsider: { type: 'account', account }, actions }));
  fc.assert(
    fc.property(fc.array(anyGrant), (grants) => {
      const findings = accessFindings(bucket, grants);
      expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
      const all = findings.flatMap(({ grant: { outsider, actions } }) =>
        actions.map((each) => JSON.stringify([outsider, each])),
      );
      for (const { outsider, actions } of grants)
        for (const each of actions) expect(all).toContain(JSON.stringify([outsider, each]));
    }),
  );
});
