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
