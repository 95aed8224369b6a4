import { expect, test } from 'vitest';
import { checkLine as checkNumbered, maxLineLength } from '../../shared/access/check.ts';

const owner = '111122223333';
const checkLine = (text: string) => checkNumbered(text, 7);
const line = (more: object) =>
  JSON.stringify({
    id: 'one',
    kind: 'sqs:queue',
    resource: `arn:aws:sqs:eu-west-1:${owner}:orders`,
    owner,
    policy: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
    },
    zone: { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] },
    ...more,
  });

test('a line gives its id, its grants with plain statement numbers, and its notes', () => {
  const { output, failed } = checkLine(line({}));
  expect(failed).toBe(false);
  expect(output).toMatchObject({
    id: 'one',
    grants: [{ outsider: { type: 'anyone' }, statements: [0] }],
    notes: [],
  });
});

test('a note on a control policy says which', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' };
  const odd = { ...deny, Condition: { StringResembles: { 'aws:PrincipalOrgID': 'o-abc1234567' } } };
  const plain = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const controls = [plain, odd].map((Statement) => ({ Version: '2012-10-17', Statement }));
  const { notes } = checkLine(line({ resourceControlPolicies: controls })).output;
  expect(notes).toMatchObject([
    { type: 'unknown-operator', statement: 0, policy: 'resource control policy 1' },
  ]);
});

test('a zone may tell the organization of the owner apart from who is inside', () => {
  const zone = { ownerOrganization: 'o-abc1234567', accounts: [owner], organizationPaths: [] };
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } };
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', Condition };
  const { grants } = checkLine(line({ zone, policy: { Version: '2012-10-17', Statement } })).output;
  expect(grants).toMatchObject([{ outsider: { type: 'organization', organization: 'o-abc1234567' } }]);
});

test('a policy may be an object, JSON text or URL-encoded JSON text; null is none', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
  });
  const object = checkLine(line({})).output;
  expect(checkLine(line({ policy })).output).toEqual(object);
  expect(checkLine(line({ policy: encodeURIComponent(policy) })).output).toEqual(object);
  expect(checkLine(line({ policy: null }))).toEqual({
    output: { id: 'one', grants: [], notes: [] },
    failed: false,
  });
});

test.each([
  [{ policy: 'nonsense' }, 'policy is no JSON'],
  [{ policy: undefined }, '`policy` is missing; write null'],
  [{ policy: undefined, Policy: {} }, '`policy` is missing; write null'],
  [{ kind: 7 }, '`kind` must be a text'],
  [{ kind: 'SQS:Queue' }, '`kind` must be written `sqs:queue`'],
  [{ kind: 'sqs:queue ' }, '`kind` must be written `sqs:queue`'],
  [{ owner: '11112222333' }, '`owner` must be an account id'],
  [{ zone: { account: [owner] } }, '`zone` has the unknown key "account"; did you mean `accounts`?'],
  [{ zone: { organisation: 'o-abc1234567' } }, '; did you mean `organization`?'],
  [
    { blockPublicAccess: { RestrictPublicBuckets: true } },
    '`blockPublicAccess` has the unknown key "RestrictPublicBuckets"; did you mean `restrictPublicBuckets`?',
  ],
  [{ zone: { accounts: 'all' } }, '`zone.accounts` must be a list of texts'],
  [{ zone: null }, '`zone` must be an object'],
  [{ zone: { organization: 5 } }, '`zone.organization` must be a text'],
  [{ resourceControlPolicies: [{ Version: '2012-10-17' }] }, 'resource control policy 0 has no Statement'],
  [{ resourceControlPolicies: {} }, '`resourceControlPolicies` must be a list'],
  [
    { blockPublicAccess: { ignorePublicAcls: 'yes' } },
    '`blockPublicAccess.ignorePublicAcls` must be true or false',
  ],
])('%j: the error says what, the id is kept', (more, error) => {
  expect(checkLine(line(more))).toMatchObject({
    failed: true,
    output: { id: 'one', error: expect.stringContaining(error) },
  });
});

const github = 'token.actions.githubusercontent.com';
const zoneWith = (more: object) => ({ zone: { accounts: [owner], organizationPaths: [], ...more } });

test.each([
  [{ federatedTenants: [{ provider: github, value: 'repo:acme/*' }] }, '`claim` and `value` belong together'],
  [{ federatedTenants: [{ provider: github, claim: 'sub' }] }, '`claim` and `value` belong together'],
  [{ federatedTenants: [{ provider: github, Claim: 'sub', value: 'repo:acme/*' }] }, 'unknown key "Claim"'],
  [{ federatedTenants: [{ provider: '' }] }, '`zone.federatedTenants.provider` must be a text'],
  [{ federatedTenants: [{ claim: 'sub', value: 'x' }] }, 'a list of objects with a `provider`'],
  [{ federatedTenants: github }, 'a list of objects with a `provider`'],
  [
    { federatedTenants: [{ provider: `https://${github}`, claim: 'sub', value: 'repo:acme/*' }] },
    'without `https://`',
  ],
  [
    { federatedTenants: [{ provider: 'arn:aws:iam::111122223333:role/x' }] },
    '`zone.federatedTenants.provider` holds',
  ],
  [
    { federatedTenants: [{ provider: github, claim: `https://${github}:sub`, value: 'x' }] },
    'write its name alone',
  ],
  [{ federatedTenants: [{ provider: 'saml-provider/Okta', claim: 'sub', value: 'x' }] }, 'as `saml:sub`'],
  [
    { organizationPaths: ['o-abc1234567*'] },
    '`zone.organizationPaths` holds "o-abc1234567*"; write the path',
  ],
  [{ organizationPaths: ['*'] }, 'holds "*"; write the path of a unit as `o-abc1234567/'],
  [{ organizationPaths: ['o-abc1234567/r-ab12/ou-ab12-1*'] }, 'a `*` behind the last slash alone'],
  [{ organizationPaths: ['o-abc1234567/*/ou-ab12-11111111/'] }, 'write the path of a unit'],
  [{ organizationPaths: ['ou-ab12-11111111/'] }, 'holds "ou-ab12-11111111/"; write the path'],
  [{ organizationPaths: ['o-abc1234567/ '] }, 'holds "o-abc1234567/ "; write the path'],
  [{ organization: 'o-*' }, '`zone.organization` holds "o-*"; write an organization id as `o-abc1234567`'],
  [{ organizations: ['o-abc1234567/'] }, '`zone.organizations` holds "o-abc1234567/"'],
  [{ accounts: ['arn:aws:iam::111122223333:root'] }, 'write the twelve digits of an account id'],
  [{ accounts: ['111122223333 '] }, '`zone.accounts` holds "111122223333 "'],
])('%j: a zone that could trust others than it means is an error', (zone, error) => {
  expect(checkLine(line(zoneWith(zone)))).toMatchObject({
    failed: true,
    output: { id: 'one', error: expect.stringContaining(error) },
  });
});

test.each([
  'o-abc1234567',
  'o-abc1234567/',
  'o-abc1234567/*',
  'o-abc1234567/r-ab12',
  'o-abc1234567/r-ab12/*',
  'o-abc1234567/r-ab12/ou-ab12-11111111',
  'o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/',
  'o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/*',
])('a path of the zone may be %s', (path) => {
  expect(checkLine(line(zoneWith({ organizationPaths: [path] })))).toMatchObject({ failed: false });
});

test('a provider without claim and value is trusted whole', () => {
  const role = {
    kind: 'iam:role',
    resource: `arn:aws:iam::${owner}:role/deploy`,
    policy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${github}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    },
  };
  expect(checkLine(line({ ...role, ...zoneWith({}) })).output.grants).toHaveLength(1);
  const trusting = zoneWith({ federatedTenants: [{ provider: github }] });
  expect(checkLine(line({ ...role, ...trusting }))).toMatchObject({ failed: false, output: { grants: [] } });
});

test('each line is judged by its own zone, whatever the one before it had', () => {
  const other = '222222222222';
  const Statement = { Effect: 'Allow', Principal: { AWS: other }, Action: 'sqs:SendMessage', Resource: '*' };
  const policy = { Version: '2012-10-17', Statement };
  const zones = [[owner], [owner, other], [owner], ['1'], [owner], [owner, other]];
  const counts = zones.map((accounts) => {
    const { output, failed } = checkLine(line({ policy, ...zoneWith({ accounts }) }));
    return failed ? 'failed' : output.grants.length;
  });
  expect(counts).toEqual([1, 0, 1, 'failed', 1, 0]);
});

test('an id that JavaScript has no number for comes back as it is written', () => {
  const numbered = (id: string, more = {}) => checkLine(line({ id: 'HERE', ...more }).replace('"HERE"', id));
  expect(numbered('9007199254740993').output.id).toBe('9007199254740993');
  expect(numbered('9007199254740993', { owner: '1' }).output.id).toBe('9007199254740993');
  expect(numbered('9007199254740993', { owner: '1' }).output.error).not.toContain('line 7');
  expect(numbered('7').output.id).toBe(7);
  expect(numbered('7.0').output.id).toBe(7);
  expect(checkLine('{"id":9007199254740993,').output.id).toBe('9007199254740993');
});

const long = `a${'\u{1f980}'.repeat(10_000)}`;
const allow = (more: object) => ({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...more });

test.each([
  allow({ Principal: { [long]: 'x' } }),
  allow({ Principal: '*', Condition: { [long]: 'x' } }),
  allow({ Principal: '*', Condition: { StringEquals: { [long]: {} } } }),
  `{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*","${long}":1,"${long}":2}`,
])('an error is short and whole, however long a name is: %#', (Statement) => {
  const written = typeof Statement === 'string' ? Statement : JSON.stringify(Statement);
  const { error = '' } = checkLine(
    line({ policy: `{"Version":"2012-10-17","Statement":${written}}` }),
  ).output;
  expect(error.length).toBeLessThan(250);
  expect(error).toContain('\u{1f980}…');
  expect(error).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
});

test('a key that stands twice in the policy of a line is an error', () => {
  const twice = line({}).replace('"Action":"sqs:SendMessage"', '"Action":"sqs:SendMessage","Action":"sqs:*"');
  expect(checkLine(twice)).toMatchObject({
    failed: true,
    output: { error: expect.stringContaining('`Action` twice') },
  });
});

test.each([
  ['{"id":', 'line 7: the line is no JSON'],
  ['\u0000\u0007\ufffd', 'line 7: the line is no JSON'],
  ['[]', 'line 7: the line is no JSON object'],
  ['', 'line 7: the line is empty'],
  ['{}', 'line 7: `owner` must be a text'],
])('%j: without an id the error says which line', (text, error) => {
  const { output, failed } = checkLine(text);
  expect(failed).toBe(true);
  expect(output).toEqual({ grants: [], notes: [], error: expect.stringContaining(error) });
});

test('a line that is no UTF-8 is not judged, and its id is kept where it is whole', () => {
  expect(checkNumbered(line({ owner: '\uFFFD' }), 7, false)).toMatchObject({
    failed: true,
    output: { id: 'one', grants: [], error: 'the line is no UTF-8; write it in that encoding' },
  });
  const { output } = checkNumbered(line({ id: 'on\uFFFD' }), 7, false);
  expect(output).toEqual({
    grants: [],
    notes: [],
    error: expect.stringMatching(/^line 7: the line is no UTF-8/),
  });
});

test('a field of which nobody has heard is passed over', () => {
  expect(checkLine(line({ comment: 'x', zone: { accounts: [owner], note: 'x' } }))).toMatchObject({
    failed: false,
  });
});

test('of a line that is cut off or too long the id is kept', () => {
  expect(checkLine('{"id":"cut","kind":"s3:bu')).toMatchObject({ failed: true, output: { id: 'cut' } });
  const long = `{"id":"long","x":"${'y'.repeat(maxLineLength)}"}`;
  expect(checkLine(long)).toMatchObject({
    failed: true,
    output: { id: 'long', error: expect.stringContaining(`more than ${maxLineLength} characters`) },
  });
});

test.each([
  ['{"policy":{"id":"inner"},"id":"outer",}', 'outer'],
  ['{"zone":{"accounts":["1"]},"id":7,}', 7],
  ['{"policy":{"id":"inner"},}', undefined],
  ['{"name":"id","id":"outer"', 'outer'],
])('%j: of a broken line the id is that of the line itself', (text, id) => {
  expect(checkLine(text)).toMatchObject({ failed: true });
  expect(checkLine(text).output.id).toBe(id);
});

test.each(['12345678901234567890', '10.0', '1e3', '-0', '7'])(
  'a number of a policy is taken as it is written: %s',
  (number) => {
    const policy = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*",
    "Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/size":${number}}}}}`.replaceAll('\n', '');
    const asObject = line({ policy: 'HERE' }).replace('"HERE"', policy);
    for (const text of [asObject, line({ policy })])
      expect(checkLine(text).output).toMatchObject({
        grants: [
          {
            conditions: [{ values: [number] }],
            witness: { context: { 'aws:PrincipalTag/size': number } },
          },
        ],
      });
  },
);

test('a kind of which nobody has heard is judged by what its policy says, however it is written', () => {
  expect(checkLine(line({ kind: 'Acme:Thing' }))).toMatchObject({ failed: false });
});

test('the mark that some editors put before a text is passed over', () => {
  expect(checkLine(`\ufeff${line({})}`)).toEqual(checkLine(line({})));
});

test('of a line or a policy that is nested too deeply the error says so, and the id is kept', () => {
  const nested = '['.repeat(60_000) + ']'.repeat(60_000);
  const deep = line({ policy: 'HERE' }).replace('"HERE"', nested);
  expect(checkLine(deep).output).toMatchObject({ id: 'one', error: 'the line is nested too deeply' });
  const text = line({ policy: nested });
  expect(checkLine(text).output).toMatchObject({ id: 'one', error: 'policy is nested too deeply' });
});

test.each(['__proto__', 'constructor', 'toString'])(
  'a condition key called %s is a key like others',
  (key) => {
    const policy = (
      condition: string,
    ) => `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",
    "Action":"sqs:SendMessage","Resource":"*","Condition":{"${condition}":{"${key}":"x"}}}}`;
    for (const condition of ['StringEquals', 'StringNotEquals'])
      expect(checkLine(line({ policy: policy(condition) })).output).toMatchObject({
        grants: [{ outsider: { type: 'anyone' }, conditions: [{ key, bounds: expect.any(String) }] }],
      });
  },
);
