import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { Zone } from '../../shared/access/zone.ts';

const owner = '111122223333';
const zone: Zone = { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] };
const queue = { kind: 'sqs:queue', arn: `arn:aws:sqs:eu-west-1:${owner}:orders`, owner };
const role = { kind: 'iam:role', arn: `arn:aws:iam::${owner}:role/deploy`, owner };

function judged(statements: readonly object[], resource = queue) {
  const usual = resource === role ? {} : { Resource: '*' };
  const Statement = statements.map((one) => ({ Effect: 'Allow', ...usual, ...one }));
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  const decision = decide({ resource, policies: [{ name: 'policy', text }], zone });
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  return decision;
}

const because = (statements: readonly object[], resource = queue) =>
  judged(statements, resource).grants.map((grant) => grant.because);

const partner = { Principal: { AWS: '222222222222' } };
const sends = { ...partner, Action: 'sqs:SendMessage' };
const receives = { ...partner, Action: 'sqs:ReceiveMessage' };

test('a sentence speaks of each statement that gives, and of the Denies', () => {
  const unsafe = { Bool: { 'aws:SecureTransport': 'false' } };
  expect(
    because([
      sends,
      receives,
      { Effect: 'Deny', Principal: '*', Action: 'sqs:ReceiveMessage', Condition: unsafe },
    ]),
  ).toEqual([
    'statement 0 lets account 222222222222 call sqs:SendMessage; statement 1 lets them call sqs:ReceiveMessage; the Deny of statement 2 is only for Bool aws:SecureTransport false',
  ]);
});

test('what two statements say alike is said once', () => {
  const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'web' } };
  const tag = 'the condition on aws:PrincipalTag/team bounds nobody';
  expect(
    because([
      { ...sends, Condition },
      { ...sends, Condition },
    ]),
  ).toEqual([`statement 0 lets account 222222222222 call sqs:SendMessage; so does statement 1; ${tag}`]);
});

test('of many statements three are spoken of', () => {
  const actions = ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue', 'GetQueueUrl'];
  const statements = actions.map((action) => ({ ...partner, Action: `sqs:${action}` }));
  expect(because(statements)).toEqual([
    expect.stringMatching(/statement 2 lets them call sqs:DeleteMessage; and 2 more statements let them in$/),
  ]);
  expect(because(statements.slice(0, 4))).toEqual([
    expect.stringMatching(/; and 1 more statement lets them in$/),
  ]);
});

test('the actions are all that the policy gives, and none that it leaves out', () => {
  const [left] = judged([{ ...partner, NotAction: ['sqs:SendMessage', 'sqs:Receive*'] }]).grants;
  expect(left?.actions).toContain('sqs:PurgeQueue');
  expect(left?.actions).not.toContain('sqs:SendMessage');
  expect(left?.actions.filter((action) => /\*|Receive/.test(action))).toEqual([]);
  expect(left?.because).toMatch(/ call sqs:ChangeMessageVisibility and \d+ more$/);

  const [denied] = judged([
    { ...partner, Action: 'sqs:*' },
    { Effect: 'Deny', Principal: '*', Action: 'sqs:Delete*' },
  ]).grants;
  expect(denied?.actions.filter((action) => /\*|Delete/.test(action))).toEqual([]);
  expect(denied?.actions).toHaveLength(7);

  const [whole] = judged([{ ...partner, NotAction: 's3:*' }]).grants;
  expect(whole?.actions).toEqual(['sqs:*']);
});

test('an origin access identity of CloudFront is called one, and of no account', () => {
  const identity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABC';
  const bucket = { kind: 's3:bucket', arn: 'arn:aws:s3:::acme', owner };
  expect(because([{ Principal: { AWS: identity }, Action: 's3:GetObject' }], bucket)).toEqual([
    'statement 0 lets the CloudFront origin access identity E1ABC call s3:GetObject',
  ]);
});

const long = '\u{1f980}'.repeat(10_000);

test.each<[string, readonly object[], typeof queue]>([
  ['a key', [{ ...sends, Condition: { StringEquals: { [`aws:PrincipalTag/${long}`]: 'x' } } }], queue],
  ['an action', [{ ...partner, Action: `sqs:${'a'.repeat(20_000)}*` }], { ...queue, kind: 'acme:thing' }],
  ['a sid', [{ ...sends, Sid: `a${long}` }], queue],
  [
    'a role',
    [{ ...sends, Principal: { AWS: `arn:aws:iam::222222222222:role/${'a'.repeat(20_000)}` } }],
    queue,
  ],
  ['a service', [{ ...sends, Principal: { Service: `${'a'.repeat(20_000)}.amazonaws.com` } }], queue],
  [
    'a provider and a subject',
    [
      {
        Principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${'a'.repeat(20_000)}.example` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${'a'.repeat(20_000)}.example:sub`]: `a${long}` } },
      },
    ],
    role,
  ],
  [
    'a condition of a Deny',
    [
      sends,
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Condition: { StringEquals: { [`aws:PrincipalTag/${long}`]: `a${long}` } },
      },
    ],
    queue,
  ],
  [
    'a dead condition',
    [{ ...sends, Condition: { StringEquals: { 'aws:PrincipalOrgID': `a${long}` } } }],
    queue,
  ],
  ['an unknown key', [{ ...sends, Condition: { StringEquals: { [`a${long}`]: 'x' } } }], queue],
  ['an unknown operator', [{ ...sends, Condition: { [`a${long}`]: { 'aws:PrincipalOrgID': 'x' } } }], queue],
])('a sentence is short and whole, however long %s is', (_, statements, resource) => {
  const { grants, notes } = judged(statements, resource);
  const sentences = [...grants, ...notes].map((one) => one.because);
  expect(sentences.join('\n')).toContain('…');
  for (const sentence of sentences) {
    expect(sentence.length).toBeLessThan(700);
    expect(sentence).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  }
});

test('one more condition and one more Deny are told in the singular, and nothing is told twice', () => {
  const tags = (...names: readonly string[]) => ({
    StringEquals: Object.fromEntries(names.map((name) => [`aws:PrincipalTag/${name}`, 'x'])),
  });
  expect(because([{ ...sends, Condition: tags('a', 'b', 'c', 'd') }])[0]).toMatch(
    /; 1 more condition remains$/,
  );
  expect(because([{ ...sends, Condition: tags('a', 'b', 'c', 'd', 'e') }])[0]).toMatch(
    /; 2 more conditions remain$/,
  );
  const deny = (name: string) => ({ Effect: 'Deny', Principal: '*', Action: '*', Condition: tags(name) });
  expect(because([sends, deny('a'), deny('b'), deny('c')])[0]).toMatch(/; 1 more Deny does not reach it$/);
  const twice = {
    StringEquals: { 'aws:PrincipalTag/a': 'x' },
    StringLike: { 'aws:PrincipalTag/a': '*' },
  };
  expect(because([{ ...sends, Condition: twice }])[0]).toBe(
    'statement 0 lets account 222222222222 call sqs:SendMessage; the condition on aws:PrincipalTag/a bounds nobody',
  );
});

test('an empty list of values is called so', () => {
  const { notes } = judged([{ ...sends, Condition: { StringEquals: { 'aws:PrincipalOrgID': [] } } }]);
  expect(notes.map((note) => note.because)).toEqual([
    'it lets nobody in, for no request of these callers meets StringEquals aws:PrincipalOrgID with no value',
  ]);
});

const bucket = { kind: 's3:bucket', arn: 'arn:aws:s3:::acme', owner };
const objects = 'arn:aws:s3:::acme/*';

test('a Deny is said to be for those whom it names, or for the resources, which may be among those of the grant', () => {
  const reads = { ...partner, Action: 's3:GetObject', Resource: objects };
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: objects };
  const one = { ...deny, Principal: { AWS: 'arn:aws:iam::222222222222:role/evil' } };
  const secret = { ...deny, Principal: '*', Resource: 'arn:aws:s3:::acme/secret/*' };
  const rest = { ...deny, Principal: '*', Resource: undefined, NotResource: 'arn:aws:s3:::acme/public/*' };
  expect(because([reads, one, secret], bucket)).toEqual([
    'statement 0 lets account 222222222222 call s3:GetObject; the Deny of statement 1 is only for those whom it names; the Deny of statement 2 is only for the resources that it names',
  ]);
  expect(because([reads, rest], bucket)).toEqual([
    'statement 0 lets account 222222222222 call s3:GetObject; the Deny of statement 1 spares the resources that it names',
  ]);
});

test('a Deny that meets only some of the actions is spoken of, whichever comes first', () => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::acme/secret/*',
  };
  const Resource = ['arn:aws:s3:::acme', objects];
  for (const Action of [
    ['s3:ListBucket', 's3:GetObject'],
    ['s3:GetObject', 's3:PutObject'],
    ['s3:PutObject', 's3:GetObject'],
  ])
    expect(because([{ ...partner, Action, Resource }, deny], bucket)).toEqual([
      expect.stringMatching(/; the Deny of statement 1 is only for the resources that it names$/),
    ]);
});

test('a resource control policy is said to bind no service-linked role', () => {
  const principal =
    'arn:aws:iam::222222222222:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';
  const policy = (name: string, Statement: object) => ({
    name,
    text: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  const decision = decide({
    resource: role,
    policies: [
      policy('policy', { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }),
    ],
    resourceControlPolicies: [
      policy('control', { Effect: 'Deny', Principal: '*', Action: 'sts:*', Resource: '*' }),
    ],
    zone,
  });
  expect(decision).toMatchObject({
    grants: [
      { because: expect.stringMatching(/the Deny of control statement 0 binds no service-linked role$/) },
    ],
  });
});

test('a name does not part a sentence, and an empty value can be seen', () => {
  expect(
    because([
      { ...sends, Sid: 'orders; of partners' },
      { ...receives, Sid: 'more; of them' },
    ]),
  ).toEqual([
    'statement 0 (`orders;of partners`) lets account 222222222222 call sqs:SendMessage; statement 1 (`more;of them`) lets them call sqs:ReceiveMessage',
  ]);
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': '' } };
  expect(judged([{ ...sends, Condition }]).notes).toMatchObject([
    { because: expect.stringMatching(/meets StringEquals aws:PrincipalOrgID ""$/) },
  ]);
});

test('a service is said to act for an account or for an organization', () => {
  const service = { Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' };
  const acting = (key: string, value: string) =>
    because([{ ...service, Condition: { StringEquals: { [key]: value } } }])[0];
  expect(acting('aws:SourceAccount', '222222222222')).toContain(' acting for account 222222222222 call ');
  expect(acting('aws:SourceOrgID', 'o-foreign001')).toContain(' acting for organization o-foreign001 call ');
});

test('what several callers give cause to note is noted once', () => {
  const roles = ['a', 'b', 'c'].map((name) => `arn:aws:iam::222222222222:role/${name}`);
  const trusts = { Principal: { AWS: roles }, Action: 'sts:AssumeRole' };
  const { grants, notes } = judged([trusts, trusts], role);
  expect(grants).toHaveLength(3);
  expect(notes.map(({ type, statement }) => [type, statement.index])).toEqual([
    ['missing-external-id', 0],
    ['missing-external-id', 1],
  ]);
});

test('a witness calls what can be called', () => {
  const witnessOf = (Action: string) =>
    judged([{ ...partner, Action, Resource: '*' }], bucket).grants[0]?.witness.action;
  expect(witnessOf('s3:*')).toBe('s3:CreateBucketMetadataTableConfiguration');
  expect(witnessOf('s3:AllowVendedLogDeliveryForResource')).toBe('s3:AllowVendedLogDeliveryForResource');
});
