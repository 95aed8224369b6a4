import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { Grant, GrantCondition } from '../../shared/access/grant.ts';
import { classifyActor } from '../../shared/findings/actor.ts';
import { isNothing, isSameGrant, newlyPossible } from '../../shared/findings/difference.ts';
import { accessFindings } from '../../shared/findings/from-decision.ts';
import type { Look, SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { at, bucket, byAudit, grant } from './samples.ts';

const condition = (changes: Partial<GrantCondition> = {}): GrantCondition => ({
  key: 'sts:ExternalId',
  operator: 'StringEquals',
  values: ['x'],
  bounds: 'request',
  ...changes,
});

test.each<[string, Partial<Grant>, Partial<Grant>, object]>([
  [
    'one more action',
    { actions: ['s3:GetObject'] },
    { actions: ['s3:GetObject', 's3:PutObject'] },
    { actions: ['s3:PutObject'] },
  ],
  [
    'a wider pattern of actions',
    { actions: ['s3:GetObject*'] },
    { actions: ['s3:Get*'] },
    { actions: ['s3:Get*'] },
  ],
  ['a narrower pattern of actions', { actions: ['s3:Get*'] }, { actions: ['s3:getobject'] }, {}],
  ['more resources', { resources: ['a/x'] }, { resources: ['a/*'] }, { resources: ['a/*'] }],
  ['fewer resources', { resources: ['a/*'] }, { resources: ['a/x', 'a/y/*'] }, {}],
  ['a condition that goes', { conditions: [condition()] }, {}, { droppedConditions: [condition()] }],
  ['a condition that comes', {}, { conditions: [condition()] }, {}],
  [
    'a condition with one way more',
    { conditions: [condition()] },
    { conditions: [condition({ values: ['x', 'y'] })] },
    { droppedConditions: [condition()] },
  ],
  [
    'a condition with one way less',
    { conditions: [condition({ values: ['x', 'y'] })] },
    { conditions: [condition()] },
    {},
  ],
  [
    'an exclusion with one less',
    { conditions: [condition({ operator: 'StringNotEquals', values: ['x', 'y'] })] },
    { conditions: [condition({ operator: 'StringNotEquals', values: ['x'] })] },
    { droppedConditions: [condition({ operator: 'StringNotEquals', values: ['x', 'y'] })] },
  ],
  [
    'an exclusion with one more',
    { conditions: [condition({ operator: 'StringNotEquals' })] },
    { conditions: [condition({ operator: 'StringNotEquals', values: ['x', 'y'] })] },
    {},
  ],
  [
    'a `?` that takes in a star',
    { actions: ['s3:Get?'] },
    { actions: ['s3:Get*'] },
    { actions: ['s3:Get*'] },
  ],
])('%s', (_, before, after, difference) => {
  expect(newlyPossible(grant(before), grant(after))).toEqual({
    actions: [],
    resources: [],
    droppedConditions: [],
    ...difference,
  });
});

test('a wider and a narrower grant are not the same, in whatever order', () => {
  const [narrow, wide] = [grant(), grant({ actions: ['s3:*'] })];
  expect([isSameGrant(narrow, wide), isSameGrant(wide, narrow), isSameGrant(wide, wide)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(isNothing(newlyPossible(wide, narrow))).toBe(true);
});

/** The look at a bucket with a policy of these statements. */
function lookAt(second: number, ...statements: readonly object[]): Look {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      Resource: 'arn:aws:s3:::acme-data/*',
      ...statement,
    })),
  });
  const decision = decide(
    {
      resource: { kind: bucket.kind, arn: bucket.arn, owner: bucket.place.account },
      policies: [{ name: 'policy', text }],
      zone: { accounts: [bucket.place.account], organizationPaths: [] },
    },
    Date.parse(at(0)),
  );
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  const sight = { state: 'present', policyHash: text, policies: [{ name: 'policy', text }] } as const;
  const findings = accessFindings(bucket, decision.grants);
  return { subject: bucket, at: at(second), cause: byAudit, sight, findings, notes: [] };
}

function told(before: Look, after: Look) {
  const former = settle(undefined, before) as SubjectRecord;
  return transitions(former, settle(former, after) as SubjectRecord);
}

const [one, two] = ['222222222222', '333333333333'].map((account) => ({
  AWS: `arn:aws:iam::${account}:root`,
}));
const get = { Principal: one, Action: 's3:GetObject' };
const list = { Principal: two, Action: ['s3:GetObject', 's3:GetObjectTagging'] };

test.each<[string, readonly object[], readonly object[]]>([
  ['the order of statements', [get, list], [list, get]],
  ['the order of actions', [list], [{ ...list, Action: list.Action.toReversed() }]],
  ['a Sid', [get], [{ ...get, Sid: 'Partner' }]],
  ['a list for a single value', [get], [{ ...get, Action: ['s3:GetObject'] }]],
  ['an account for its root', [get], [{ ...get, Principal: { AWS: '222222222222' } }]],
  [
    'a statement that is split',
    [list],
    [
      { ...list, Action: 's3:GetObject' },
      { ...list, Action: 's3:GetObjectTagging' },
    ],
  ],
  [
    'an action that a pattern beside it holds',
    [{ ...list, Action: 's3:GetObject*' }],
    [{ ...list, Action: ['s3:GetObject*', 's3:GetObjectAcl'] }],
  ],
  ['the case of actions', [get], [{ ...get, Action: 's3:getobject' }]],
])('a policy rewritten to the same meaning is no alert: %s', (_, before, after) => {
  expect(told(lookAt(1, ...before), lookAt(2, ...after))).toEqual([]);
});

test('a wider policy tells what is newly possible, with both texts', () => {
  const [transition, ...others] = told(
    lookAt(1, get),
    lookAt(2, { ...get, Action: ['s3:GetObject', 's3:ListBucket*', 's3:GetObjectAcl'] }),
  );
  expect(others).toEqual([]);
  expect(transition).toMatchObject({
    status: 'changed',
    newlyPossible: { actions: ['s3:GetObjectAcl'], resources: [] },
  });
  expect(transition?.policies?.before?.[0]?.text).not.toContain('GetObjectAcl');
  expect(transition?.policies?.after?.[0]?.text).toContain('GetObjectAcl');
});

test('a new identity of the same outsider tells what it could do before: a bound that goes is a dropped condition', () => {
  const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const [bound, open] = [lookAt(1, { ...get, Condition }), lookAt(2, get)];
  const [widened] = told(bound, open);
  expect(widened).toMatchObject({
    status: 'new',
    newlyPossible: { actions: [], droppedConditions: [{ key: 'aws:SourceIp' }] },
  });
  const [narrowed] = told(open, { ...bound, at: at(3) });
  expect(narrowed?.newlyPossible && isNothing(narrowed.newlyPossible)).toBe(true);
  expect(told(lookAt(1), open)[0]).not.toHaveProperty('newlyPossible');
});

const assumed = (role: string, session: string) =>
  `arn:aws:sts::111122223333:assumed-role/${role}/${session}`;

test.each([
  [assumed('AWSReservedSSO_Admin_0123456789abcdef', 'eve@example.org'), 'aws-cli/2.31', 'cli', 'person'],
  [
    assumed('AWSReservedSSO_Admin_0123456789abcdef', 'eve@example.org'),
    'APN/1.0 HashiCorp/1.0 Terraform/1.9',
    'terraform',
    'person',
  ],
  [assumed('admin', 'eve'), 'Mozilla/5.0 (X11; Linux)', 'console', 'person'],
  ['arn:aws:iam::111122223333:root', 'aws-cli/2.31', 'cli', 'person'],
  [assumed('infra', '1700000000'), 'APN/1.0 HashiCorp/1.0 Terraform/1.9', 'terraform', 'pipeline'],
  [
    assumed('cdk-hnb-cfn-exec-role', 'AWSCloudFormation'),
    'cloudformation.amazonaws.com',
    'cloudformation',
    'pipeline',
  ],
  [assumed('release', 'GitHubActions'), 'aws-sdk-js/3.9', 'sdk', 'pipeline'],
  [assumed('AWSServiceRoleForConfig', 'x'), 'config.amazonaws.com', 'service', 'service'],
  [assumed('admin', 'eve'), 'aws-cli/2.31', 'cli', 'unknown'],
  ['unknown', '', 'unknown', 'unknown'],
])('%s with %s is %s by a %s', (principal, userAgent, tool, madeBy) => {
  expect(classifyActor({ principal, userAgent })).toEqual({ tool, madeBy });
});
