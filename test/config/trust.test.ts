import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadTrust } from '../../shared/config/trust.ts';

const now = new Date('2027-03-01T12:00:00Z');
const load = (text: string) => loadTrust(text, 'trust.yml', now);

/** The lines of the error that refuses a text. */
function refusal(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError' });
    return (error as Error).message.split('\n');
  }
  throw new Error('it was taken');
}

const entry = (list: string, ...lines: readonly string[]) =>
  ['trusted:', `  ${list}:`, `    - ${lines[0]}`, ...lines.slice(1).map((line) => `      ${line}`)].join(
    '\n',
  );
const named = ['name: Partner', 'reason: contract'];

test('the example shows every list and is right', () => {
  const trust = load(readFileSync('trust.example.yml', 'utf8'));
  expect(trust.accounts.map(({ account }) => account)).toEqual(['099900001111', '999988887777']);
  expect(trust.organizations).toHaveLength(1);
  expect(trust.organizationPaths).toHaveLength(1);
  expect(trust.federatedTenants).toHaveLength(3);
});

test.each(['', '# nothing yet\n', 'trusted:\n', 'trusted:\n  accounts:\n', 'trusted: {accounts: []}'])(
  'a file without entries adds nothing: %j',
  (text) => {
    const none = {
      accounts: [],
      organizations: [],
      organizationPaths: [],
      federatedTenants: [],
      expected: [],
      boundaries: [],
      vendors: [],
      watch: { deployers: [], overdueDays: 7 },
    };
    expect(load(text)).toEqual(none);
  },
);

test('an account id keeps its leading zeros without quotes', () => {
  expect(load(entry('accounts', 'account: 001234567890', ...named)).accounts[0]?.account).toBe(
    '001234567890',
  );
});

test.each([
  [
    entry('accounts', 'account: 12345678901', ...named),
    'trust.yml:3:16: account `12345678901` has 11 digits; an account id has 12, leading zeros included',
  ],
  [entry('accounts', "account: '*'", ...named), 'trust.yml:3:16: wildcard in account `*`; name each account'],
  [
    entry('accounts', 'account: acme', ...named),
    'trust.yml:3:16: `acme` is no account id; write its 12 digits',
  ],
  [
    entry('accounts', 'account: 222222222222', 'name: Partner'),
    'trust.yml:3:7: `reason` is missing; every entry says who it is and why it is trusted',
  ],
  [
    entry('accounts', 'account: 222222222222', 'name: Partner', 'reason: "  "'),
    'trust.yml:5:15: nothing stands here; say in a few words who it is and why it is trusted',
  ],
  [
    entry('accounts', 'account: 222222222222', 'nmae: Partner', 'reason: contract'),
    'trust.yml:4:7: unknown key `nmae`; did you mean `name`?',
  ],
  [
    entry('accounts', 'account: 222222222222', ...named, 'until: 2027-02-28'),
    'trust.yml:6:14: date 2027-02-28 is in the past; take the entry out or set a later date',
  ],
  [
    entry('accounts', 'account: 222222222222', ...named, 'until: 2027-02-30'),
    'trust.yml:6:14: `2027-02-30` is no date; write the last day as `2027-12-31`',
  ],
  [
    entry('organizations', "organization: 'o-*'", ...named),
    'trust.yml:3:21: wildcard in organization `o-*`; name each organization',
  ],
  [
    entry('organizationPaths', "path: 'o-exampleorg77/*/ou-ex77-11112222/'", ...named),
    'trust.yml:3:13: wildcard within organization path `o-exampleorg77/*/ou-ex77-11112222/`; only one `*` behind the last slash is allowed',
  ],
  [
    entry('organizationPaths', 'path: o-exampleorg77/r-ex77', ...named),
    'trust.yml:3:13: `o-exampleorg77/r-ex77` is no organization path; write it as `o-abc1234567/r-ab12/ou-ab12-11111111/`, with a slash at the end',
  ],
  [
    entry('federatedTenants', 'provider: token.actions.githubusercontent.com', 'claim: sub', ...named),
    'trust.yml:3:7: `claim` and `value` belong together; write both, or neither where the provider itself is the tenant',
  ],
  [
    entry('federatedTenants', 'provider: https://app.terraform.io', ...named),
    'trust.yml:3:17: provider `https://app.terraform.io` is an ARN or a URL; write the issuer without `https://`, or `saml-provider/NAME`',
  ],
  [
    entry(
      'federatedTenants',
      'provider: idp.example.com',
      'claim: https://idp.example.com:sub',
      'value: a',
      ...named,
    ),
    'trust.yml:4:14: `https://idp.example.com:sub` is no claim; write its name alone, as `sub`',
  ],
  [
    entry('federatedTenants', 'provider: saml-provider/Okta', 'claim: sub', 'value: a', ...named),
    'trust.yml:4:14: `sub` is no key of SAML; write it whole, as `saml:sub`',
  ],
  ['trusted:\n  acounts: []', 'trust.yml:2:3: unknown key `acounts`; did you mean `accounts`?'],
  [
    'everybody: true',
    'trust.yml:1:1: unknown key `everybody`; the keys here are trusted, expected, boundaries, vendors, watch',
  ],
  ['trusted: [a]', 'trust.yml:1:10: `trusted` is not a map; see trust.example.yml'],
  ['trusted:\n  accounts: all', 'trust.yml:2:13: `accounts` is not a list; see trust.example.yml'],
  ['hello', 'trust.yml:1:1: `the file` is not a map; see trust.example.yml'],
  ['trusted:\n  accounts: []\ntrusted: {}', 'trust.yml:3:1: map keys must be unique; keep one of the two'],
  ['trusted:\n\taccounts: []', 'trust.yml:2:1: tabs are not allowed as indentation; indent with spaces'],
  [
    'trusted: *them',
    'trust.yml: unresolved alias (the anchor must be set before the alias): them; write the value out',
  ],
])('%j is refused with place and remedy', (text, message) => {
  expect(refusal(text)).toContain(message);
});

test.each(['*', 'repo:*', 'repo:acme*', 'repo:ac?e/*', '*:acme/x'])(
  'a tenant is named whole before a wildcard: %s is refused',
  (value) => {
    const [message] = refusal(
      entry('federatedTenants', 'provider: gitlab.com', 'claim: sub', `value: '${value}'`, ...named),
    );
    expect(message).toContain('stands before the tenant ends; write the tenant whole');
  },
);

const github = 'token.actions.githubusercontent.com';
const tenant = (provider: string, claim?: string, value?: string) =>
  entry(
    'federatedTenants',
    `provider: ${provider}`,
    ...(claim === undefined ? [] : [`claim: '${claim}'`, `value: '${value}'`]),
    ...named,
  );

test.each<[string, string?, string?]>([
  [github],
  [github.toUpperCase()],
  [github, 'aud', 'sts.amazonaws.com'],
  [github, 'ref', 'refs/heads/main'],
  [github, 'sub', 'ref:refs/heads/main'],
  // A workflow of a public repository can be called from any.
  [github, 'job_workflow_ref', 'acme/pipelines/.github/workflows/deploy.yml@refs/heads/main'],
  ['gitlab.com', 'ref_path', 'refs/heads/main'],
  ['cognito-identity.amazonaws.com'],
  ['cognito-identity.amazonaws.com', 'amr', 'authenticated'],
  ['accounts.google.com'],
  ['accounts.google.com', 'oaud', 'https://acme.example'],
  ['api.pulumi.com/oidc', 'sub', 'pulumi:deploy:org:*'],
])('%s %s %s names no tenant of an issuer that strangers share', (...asked) => {
  const [message] = refusal(tenant(...asked));
  expect(message).toMatch(/which strangers get tokens of as well; name yours by |write the tenant whole/);
});

test.each<[string, string?, string?]>([
  [github, 'sub', 'repo:acme/*'],
  [github, 'SUB', 'repo:acme/web:ref:refs/heads/main'],
  [github, `${github}:sub`, 'repo:acme/*'],
  [github, 'repository_owner', 'acme'],
  [github, 'repository_owner_id', '1234'],
  [github, 'repository', 'acme/web'],
  [github, 'workflow_ref', 'acme/pipelines/.github/workflows/deploy.yml@refs/heads/main'],
  ['gitlab.com', 'namespace_path', 'acme/*'],
  ['cognito-identity.amazonaws.com', 'aud', 'eu-west-1:12345678-dead-beef-cafe-123456790abc'],
  ['accounts.google.com', 'sub', '100018646976219416293'],
  ['api.pulumi.com/oidc', 'aud', 'acme'],
  ['api.pulumi.com/oidc', 'sub', 'pulumi:deploy:org:acme:*'],
  ['oidc.circleci.com/org/1234'],
  ['idp.acme.example/realms/staff'],
  ['saml-provider/Okta'],
])('%s %s %s is a tenant', (...asked) => {
  expect(load(tenant(...asked)).federatedTenants).toHaveLength(1);
});

const expectation = (...lines: readonly string[]) =>
  [
    'expected:',
    '  - outsider: {type: account, account: 022222222222}',
    ...['kind: s3:bucket', 'actions: [s3:Get*]', 'owner: data', 'reason: contract', ...lines].map(
      (line) => `    ${line}`,
    ),
  ].join('\n');
const ends = 'until: 2027-12-31';
const bucketNamed = 'resource: arn:aws:s3:::acme-data';

test('an expectation says what it covers, and its owner, reason and end', () => {
  const text = expectation(bucketNamed, ends, 'conditions: [{key: aws:SourceVpce, values: [vpce-1]}]');
  expect(load(text).expected).toEqual([
    {
      outsider: { type: 'account', account: '022222222222' },
      kind: 's3:bucket',
      resource: 'arn:aws:s3:::acme-data',
      actions: ['s3:Get*'],
      conditions: [{ key: 'aws:SourceVpce', operator: 'StringEquals', values: ['vpce-1'] }],
      owner: 'data',
      reason: 'contract',
      until: '2027-12-31',
    },
  ]);
});

test.each(['ForAnyValue:StringLike', 'ForAllValues:StringEquals', 'IpAddressIfExists', 'Null'])(
  'a condition may have the operator %s',
  (operator) => {
    const condition = `conditions: [{key: aws:TagKeys, operator: '${operator}', values: [a]}]`;
    const [first] = load(expectation(bucketNamed, ends, condition)).expected;
    expect(first?.conditions).toEqual([{ key: 'aws:TagKeys', operator, values: ['a'] }]);
  },
);

test.each(['ForAnyValues:StringLike', 'ForAllValue:StringEquals', 'string equals'])(
  'AWS has no operator %s',
  (operator) => {
    const condition = `conditions: [{key: aws:TagKeys, operator: '${operator}', values: [a]}]`;
    expect(refusal(expectation(bucketNamed, ends, condition))[0]).toContain('is no');
  },
);

test.each([
  [
    expectation(bucketNamed),
    'trust.yml:2:5: `until` is missing; an expectation says what it covers, and its owner, reason and end',
  ],
  [
    expectation(bucketNamed, 'until: 2027-02-28'),
    'trust.yml:8:12: date 2027-02-28 is in the past; take the entry out or set a later date',
  ],
  [
    expectation("resource: '*'", ends),
    'trust.yml:7:15: `*` is no ARN; write it as `arn:aws:iam::111122223333:role/name`, where `*` is any run of characters',
  ],
  ...['arn:aws:s3:::*', 'arn:aws:iam::*:role/*', 'arn:aws:apigateway:eu-west-1::/restapis/*'].map((wide) => [
    expectation(`resource: ${wide}`, ends),
    `trust.yml:7:15: \`${wide}\` is the resources of every account; name the account, or a part of the name before or behind the \`*\``,
  ]),
  [
    expectation(bucketNamed, ends, 'action: [s3:*]'),
    'trust.yml:9:5: unknown key `action`; did you mean `actions`?',
  ],
  [
    expectation(bucketNamed, ends).replace('type: account', 'type: everybody'),
    'trust.yml:2:22: there is no such type of outsider; the types are anyone, any-account, account, account-pattern, organization, service, federated, canonical-user',
  ],
  [
    expectation(bucketNamed, ends).replace('account: 022222222222', 'acount: 1'),
    'trust.yml:2:31: unknown key `acount`; did you mean `account`?',
  ],
  [
    expectation(bucketNamed, ends).replace('type: account', 'type: anyone'),
    'trust.yml:2:30: unknown key `account`; the keys here are type',
  ],
  [
    expectation(bucketNamed, ends).replace('{type: account,', '{'),
    'trust.yml:2:15: there is no such type of outsider; the types are anyone, any-account, account, account-pattern, organization, service, federated, canonical-user',
  ],
  [
    'boundaries:\n  - name: prod\n    reason: ours\n    tags: [{key: team}]',
    'trust.yml:4:12: `value` is missing; a boundary says its name and reason, and a tag its key and value',
  ],
  [
    expectation(bucketNamed, ends).replace('[s3:Get*]', '[]'),
    'trust.yml:4:14: `actions` is empty; name one at least',
  ],
  [
    `${expectation(bucketNamed, ends)}\n${expectation(bucketNamed, ends).replace('expected:\n', '')}`,
    'trust.yml:14:15: resource `arn:aws:s3:::acme-data` is here twice; keep one of the two',
  ],
])('%j is refused with place and remedy', (text, message) => {
  expect(refusal(text)).toContain(message);
});

test('an entry that is there twice is refused at the second place, a path with and without its star too', () => {
  const account = '    - {account: 222222222222, name: Partner, reason: contract}';
  expect(refusal(`trusted:\n  accounts:\n${account}\n${account}`)).toEqual([
    'trust.yml:4:17: account `222222222222` is here twice; keep one of the two',
  ]);
  const path = (star: string) =>
    `    - {path: o-exampleorg77/r-ex77/ou-ex77-11112222/${star}, name: Partner, reason: contract}`;
  expect(refusal(`trusted:\n  organizationPaths:\n${path('')}\n${path('*')}`)).toHaveLength(1);
});

test('all mistakes are told at once, in the order of the file, one line each', () => {
  const text = entry('accounts', 'account: 1', 'name: Partner', 'reson: contract', 'until: soon');
  expect(refusal(text).map((line) => line.split(': ')[0])).toEqual([
    'trust.yml:3:16',
    'trust.yml:5:7',
    'trust.yml:6:14',
  ]);
});

test('a hostile text in the file cannot forge a line of the message', () => {
  const lines = refusal(entry('accounts', 'account: "1\\ntrust.yml:1:1: all is well\\e[2J"', ...named));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\u001b');
});

test('without the time, an entry that is over does not take the others with it', () => {
  const text = entry('accounts', 'account: 222222222222', ...named, 'until: 2020-01-01');
  expect(loadTrust(text, 'trust.yml').accounts).toHaveLength(1);
});

test.each([
  ['- '.repeat(20_000), 'trust.yml:1:1: longer than 1000 characters; break the line'],
  ['- '.repeat(499), 'trust.yml:1:1: `the file` is not a map; see trust.example.yml'],
  ['[\n'.repeat(20_000), 'maximum call stack size exceeded'],
  [
    'a\n'.repeat(500_001),
    'trust.yml: longer than 1000000 characters; trust organizations or paths, not each account',
  ],
])('text that is nested or grown beyond measure is refused, not followed: %#', (text, message) => {
  const lines = refusal(text);
  expect(lines.length).toBeLessThanOrEqual(50);
  expect(lines[0]).toContain(message);
});

const deployer = (...lines: readonly string[]) =>
  [
    'watch:',
    '  deployers:',
    '    - name: roll-out',
    '      reason: ours',
    ...lines.map((line) => `      ${line}`),
  ].join('\n');

test('who changes trustwatch itself is named by principal and service, and the days until a place is overdue are a number', () => {
  const principal = 'arn:aws:sts::*:assumed-role/stacksets-exec-*/*';
  const through = 'cloudformation.amazonaws.com';
  const text = `${deployer(`principal: ${principal}`, `through: ${through}`)}\n  overdueDays: 30\n`;
  expect(load(text).watch).toEqual({
    deployers: [{ principal, through, name: 'roll-out', reason: 'ours' }],
    overdueDays: 30,
  });
});

test.each([
  [deployer("principal: '*'"), 'trust.yml:5:18: `*` is no ARN'],
  [deployer('principal: arn:aws:sts::*:assumed-role/*'), 'is everybody of every account; name the account'],
  [
    deployer('principal: arn:aws:sts::111122223333:*', 'through: me'),
    '`me` is no service; write it as `cloudf',
  ],
  [
    deployer('principal: arn:aws:sts::111122223333:*', 'via: x'),
    'unknown key `via`; the keys here are principal',
  ],
  ['watch:\n  overdueDays: soon', 'trust.yml:2:16: `soon` is no number of days; write one from 1 to 999'],
  ['watch:\n  overdue: 3', 'trust.yml:2:3: unknown key `overdue`; the keys here are deployers, overdueDays'],
])('%j is refused with place and remedy, too', (text, message) => {
  expect(refusal(text).join('\n')).toContain(message);
});
