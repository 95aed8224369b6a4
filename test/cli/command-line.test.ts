import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { build, trustwatch } from './trustwatch.ts';

beforeAll(build, 60_000);

/** A whole audit loads the SDK clients of all kinds, and other tests want the machine too. */
const longMs = 240_000;

const folder = () => mkdtempSync(join(tmpdir(), 'desk-'));
const replayed = ['audit', '--replay', resolve('examples/organization'), '--no-progress'];

test('help and version go to standard output and are no failure', async () => {
  const help = await trustwatch(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const command of ['audit', 'demo', 'kinds', 'trust']) expect(help.stdout).toContain(command);
  expect(await trustwatch(['--version'])).toEqual({
    code: 0,
    stdout: `${packageJson.version}\n`,
    stderr: '',
  });
});

test.each([
  [['audt'], "trustwatch: unknown command 'audt'; did you mean audit?\n"],
  [['audit', '--acounts', '1'], "trustwatch: unknown option '--acounts'; did you mean --accounts?\n"],
  [['audit', '--nonsense'], "trustwatch: unknown option '--nonsense'; see `trustwatch help`\n"],
  [
    ['audit', '--accounts', '111122223333,12345'],
    "trustwatch: option '--accounts <ids>': `12345` does not fit; name accounts by their 12 digits, with commas between; see `trustwatch help`\n",
  ],
  [
    ['audit', '--concurrency', '0'],
    "trustwatch: option '--concurrency <n>': `0` does not fit; say a number from 1 to 64; see `trustwatch help`\n",
  ],
  [
    ['audit', '--record', 'a', '--replay', 'b'],
    "trustwatch: option '--record <dir>' cannot be used with option '--replay <dir>'; see `trustwatch help`\n",
  ],
  [
    ['audit', '--replay', '/nonexistent'],
    'trustwatch: /nonexistent: there is no such recording; name a folder that `trustwatch audit --record` wrote\n',
  ],
  [
    [...replayed, '--kinds', 'iam:rolle'],
    'trustwatch: kinds: there is no kind `iam:rolle`; `trustwatch kinds` lists them\n',
  ],
  [
    [...replayed, '--accounts', '999900009999'],
    'trustwatch: accounts: the organization has no account `999900009999`; name one that it lists\n',
  ],
  [
    [...replayed, '--trust', '/nonexistent/trust.yml'],
    'trustwatch: /nonexistent/trust.yml: there is no such file or folder; check the name\n',
  ],
])('%j could not run: exit 2 and one line with the remedy', async (args, stderr) => {
  expect(await trustwatch(args, { cwd: folder() })).toEqual({ code: 2, stdout: '', stderr });
});

test('without credentials an audit could not run, and says how to get some', async () => {
  const { code, stdout, stderr } = await trustwatch(['audit', '--no-progress'], { cwd: folder() });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^trustwatch: there are no valid AWS credentials \(.*\); sign in, or name a profile: .*\n$/,
  );
});

test('every mistake of a trust.yml is a line with its place, and no audit runs with it', async () => {
  const cwd = folder();
  const text =
    'trusted:\n  accounts:\n    - account: 12345678901\n      nmae: Partner\n      reason: contract\n';
  writeFileSync(join(cwd, 'trust.yml'), text);
  const lines = [
    'trustwatch: trust.yml:3:16: account `12345678901` has 11 digits; an account id has 12, leading zeros included',
    'trustwatch: trust.yml:4:7: unknown key `nmae`; did you mean `name`?',
  ];
  const ended = { code: 2, stdout: '', stderr: `${lines.join('\n')}\n` };
  expect(await trustwatch(['trust', 'check', 'trust.yml'], { cwd })).toEqual(ended);
  expect(await trustwatch([...replayed, '--trust', 'trust.yml'], { cwd })).toEqual(ended);
});

test('a good trust.yml says what it adds', async () => {
  expect(await trustwatch(['trust', 'check', 'trust.example.yml'])).toEqual({
    code: 0,
    stdout:
      'trust.example.yml: fine, adds 2 accounts, 1 organization, 1 organization path, 3 federated tenants, expects 3 grants, draws 2 boundaries\n',
    stderr: '',
  });
});

test('kinds lists every kind, as JSON with actions, events and reach', async () => {
  const text = await trustwatch(['kinds']);
  const json = await trustwatch(['kinds', '--json']);
  const kinds = JSON.parse(json.stdout) as { id: string }[];
  expect(kinds.length).toBeGreaterThanOrEqual(10);
  expect(text.stdout.trim().split('\n')).toHaveLength(kinds.length);
  for (const kind of kinds)
    expect(kind).toMatchObject({
      id: expect.stringContaining(':'),
      actions: expect.any(Array),
      events: expect.any(Array),
      reach: expect.stringMatching(/^(global|regional)$/),
    });
});

test('an audit with findings exits 1, writes three reports, and says what it could not read', {
  timeout: longMs,
}, async () => {
  const cwd = folder();
  const { code, stdout, stderr } = await trustwatch([...replayed, '--out', 'reports'], { cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  for (const name of ['report.json', 'report.csv', 'report.html']) {
    expect(stdout).toContain(`wrote ${join('reports', name)}`);
    expect(readFileSync(join(cwd, 'reports', name), 'utf8').length).toBeGreaterThan(1000);
  }
  for (const reason of ['role-missing', 'denied', 'throttled', '(suspended)'])
    expect(stdout).toContain(reason);
  expect(stripVTControlCharacters(stdout)).toBe(stdout);
});

test('an audit that finds nothing unexpected exits 0', async () => {
  const { code, stdout } = await trustwatch(
    [...replayed, '--accounts', '111111111111', '--kinds', 'sqs:queue', '--out', 'o'],
    { cwd: folder() },
  );
  expect(stdout).toContain('0 findings; 0 gaps');
  expect(code).toBe(0);
});

test('the second audit says what is another since the first, and nothing when nothing is', async () => {
  const cwd = folder();
  cpSync('examples/organization', join(cwd, 'recording'), { recursive: true });
  const audit = () =>
    trustwatch(['audit', '--replay', 'recording', '--out', 'o', '--kinds', 'iam:role'], { cwd });
  expect((await audit()).stdout).not.toContain('since the last audit');
  expect((await audit()).stdout).not.toContain('since the last audit');
  const payments = join(cwd, 'recording', '333333333333.jsonl');
  writeFileSync(payments, readFileSync(payments, 'utf8').replaceAll('210987654321', '111122223333'));
  const { stdout } = await audit();
  expect(stdout.slice(stdout.indexOf('since the last audit'))).toBe(
    'since the last audit:\n  resolved high     Account 210987654321 can assume iam:role role/vendor-monitoring of account 333333333333\n',
  );
});

test('a broken line of a recording is named, and nothing is taken for read', async () => {
  const cwd = folder();
  cpSync('examples/organization', join(cwd, 'recording'), { recursive: true });
  writeFileSync(join(cwd, 'recording', 'caller.jsonl'), 'not json\n');
  const { code, stdout, stderr } = await trustwatch(['audit', '--replay', 'recording', '--no-progress'], {
    cwd,
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^trustwatch: recording\/caller\.jsonl:1: not a recorded exchange \(.*\); record the account again, or take the line out\n$/,
  );
});

test('progress goes to standard error, in a few plain lines where it is no terminal', async () => {
  const asked = ['audit', '--replay', resolve('examples/organization'), '--kinds', 'iam:role,sqs:queue'];
  const { stderr } = await trustwatch(asked, { cwd: folder() });
  const lines = stderr.trim().split('\n');
  expect(lines[0]).toBe('sweeping 36 places of 12 accounts');
  expect(lines.at(-1)).toMatch(/^36 of 36 places, \d+ resources$/);
  expect(lines.length).toBeLessThan(15);
});

const line = (id: string, principal: unknown) => ({
  id,
  kind: 'sqs:queue',
  resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  owner: '111122223333',
  policy: {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Send', Effect: 'Allow', Principal: principal, Action: 'sqs:SendMessage', Resource: '*' },
    ],
  },
  zone: { organization: 'o-exampleorg1', accounts: ['111122223333'], organizationPaths: [] },
});

test('check answers each line in order, from standard input or a file; a bad one with its error, exit 2', async () => {
  const good = [line('open', '*'), line('closed', { AWS: '111122223333' })].map((each) =>
    JSON.stringify(each),
  );
  const input = [good[0], 'not json', '{"id":"bare"}', '', good[1]].join('\r\n');
  const cwd = folder();
  writeFileSync(join(cwd, 'lines.jsonl'), input);
  const piped = await trustwatch(['check', '--jsonl'], { input });
  expect(await trustwatch(['check', '--jsonl', 'lines.jsonl'], { cwd })).toEqual(piped);
  expect({ code: piped.code, stderr: piped.stderr }).toEqual({ code: 2, stderr: '' });
  const answers = piped.stdout
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
  expect(answers).toMatchObject([
    { id: 'open', grants: [{ outsider: { type: 'anyone' }, statements: [0] }] },
    { error: expect.stringContaining('line 2: the line is no JSON') },
    { id: 'bare', error: '`owner` must be a text' },
    { error: 'line 4: the line is empty; write one JSON object a line' },
    { id: 'closed', grants: [] },
  ]);
});

test('check exits 0 when every line could be judged, and needs --jsonl', async () => {
  const input = JSON.stringify(line('a', '*'));
  expect(await trustwatch(['check', '--jsonl'], { input })).toMatchObject({ code: 0, stderr: '' });
  expect(await trustwatch(['check'], { input })).toEqual({
    code: 2,
    stdout: '',
    stderr: "trustwatch: required option '--jsonl [file]' not specified; see `trustwatch help`\n",
  });
  expect((await trustwatch(['check', '--jsonl', '/nonexistent'])).stderr).toBe(
    'trustwatch: /nonexistent: there is no such file or folder; check the name\n',
  );
});

test('explain shows the lines of a policy that let somebody in', async () => {
  const cwd = folder();
  const { policy } = line('a', { AWS: 'arn:aws:iam::222222222222:root' });
  writeFileSync(join(cwd, 'policy.json'), JSON.stringify(policy, null, 2));
  const asked = ['explain', 'policy.json', '--resource', 'arn:aws:sqs:eu-west-1:111122223333:orders'];
  const { code, stdout } = await trustwatch([...asked, '--kind', 'sqs:queue'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('account 222222222222');
  expect(stdout).toContain('   5 |       "Sid": "Send",');
  writeFileSync(join(cwd, 'policy.json'), `${JSON.stringify(policy)}\n`);
  expect((await trustwatch([...asked, '--kind', 'sqs:queue'], { cwd })).stdout).toBe(stdout);
  expect((await trustwatch(asked, { cwd })).stderr).toBe(
    'trustwatch: explain: the kind of the resource is not known; say it with --kind\n',
  );
});

test('explain shows the lines of the Denies that its sentence names, those of control policies too', async () => {
  const cwd = folder();
  const asked = line('a', { AWS: 'arn:aws:iam::222222222222:root' });
  const deny = (Sid: string) => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const policy = { ...asked.policy, Statement: [...asked.policy.Statement, deny('Unsafe')] };
  const resourceControlPolicies = [{ Version: '2012-10-17', Statement: [deny('Above')] }];
  writeFileSync(join(cwd, 'line.json'), JSON.stringify({ ...asked, policy, resourceControlPolicies }));
  const { stdout } = await trustwatch(['explain', 'line.json'], { cwd });
  expect(stdout).toMatch(
    /"Sid": "Send".*"Sid": "Unsafe".*of {9}resource control policy 0\n.*"Sid": "Above"/s,
  );
  const { stdout: json } = await trustwatch(['explain', 'line.json', '--json'], { cwd });
  expect(Object.keys(JSON.parse(json).grants[0])).not.toContain('denies');
});

test('no answer of check holds what a reader may take for the end of its line', async () => {
  const sid = 'a\u2028b\u2029c\u0085d';
  const asked = line('a', { AWS: 'arn:aws:iam::222222222222:root' });
  const input = JSON.stringify(asked).replace('"Send"', JSON.stringify(sid));
  const { stdout } = await trustwatch(['check', '--jsonl'], { input });
  expect(stdout.trimEnd()).not.toMatch(/[\n\u0085\u2028\u2029]/);
  expect(JSON.parse(stdout).grants[0].because).toContain(sid);
});

test('explain shows the request that gets in, part by part, or as check answers', async () => {
  const cwd = folder();
  const asked = line('a', { AWS: 'arn:aws:iam::222222222222:role/ci' });
  writeFileSync(join(cwd, 'line.json'), JSON.stringify(asked));
  const { stdout } = await trustwatch(['explain', 'line.json'], { cwd });
  expect(stdout).toContain('gets in    sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:orders\n');
  expect(stdout).toContain('as         arn:aws:iam::222222222222:role/ci\n');
  expect(stdout).toContain('with       aws:PrincipalAccount = 222222222222\n');
  const checked = await trustwatch(['check', '--jsonl', 'line.json'], { cwd });
  const explained = await trustwatch(['explain', 'line.json', '--json'], { cwd });
  expect(JSON.parse(checked.stdout)).toEqual({ id: 'a', ...JSON.parse(explained.stdout) });
  expect(explained.code).toBe(1);
});

test('a policy cannot forge a line of the message that says what is wrong with it', async () => {
  const cwd = folder();
  const statement = { Effect: 'Allow', Principal: { 'a\n# fake\u001b[2J': 'x' }, Action: 'sqs:*' };
  writeFileSync(join(cwd, 'policy.json'), JSON.stringify({ Statement: statement }));
  const about = ['--kind', 'sqs:queue', '--resource', 'arn:aws:sqs:eu-west-1:111122223333:orders'];
  const { code, stderr } = await trustwatch(['explain', 'policy.json', ...about], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^trustwatch: policy\.json: [^\n]*a\\u\{a\}# fake\\u\{1b\}\[2J[^\n]*\n$/);
});

test('explain reads a line for check as check does', async () => {
  const cwd = folder();
  const text = JSON.stringify(line('a', { AWS: '222222222222' }));
  const explained = (written: string) => {
    writeFileSync(join(cwd, 'line.json'), written);
    return trustwatch(['explain', 'line.json'], { cwd });
  };
  const twice = text.replace('"Action"', '"Action":"sqs:*","Action"');
  expect((await explained(twice)).stderr).toBe(
    'trustwatch: line.json: the line has the key `Action` twice in one object; write the line as `check` takes it\n',
  );
  const condition = '"Condition":{"StringEquals":{"aws:PrincipalTag/size":12345678901234567890}},"Action"';
  expect((await explained(text.replace('"Action"', condition))).stdout).toContain('12345678901234567890');
  const { policy, ...others } = JSON.parse(text);
  const encoded = { ...others, policy: encodeURIComponent(JSON.stringify(policy)) };
  const { stdout } = await explained(`\ufeff${JSON.stringify(encoded)}`);
  expect(stdout).toContain('   5 |       "Sid": "Send",');
});

test.each([
  [['explain', '.'], 'trustwatch: a folder where a file should be; name a file\n'],
  [['check', '--jsonl', '.'], 'trustwatch: a folder where a file should be; name a file\n'],
  [
    ['explain', 'list.json'],
    'trustwatch: list.json: neither a policy nor a line for `check`; give a JSON object\n',
  ],
  [
    ['explain', 'list.json', '--kind', 'sqs:queue,s3:bucket'],
    "trustwatch: option '--kind <id>': `sqs:queue,s3:bucket` does not fit; name one kind as `trustwatch kinds` lists it; see `trustwatch help`\n",
  ],
  [
    ['explain', 'list.json', '--organization', 'nonsense'],
    "trustwatch: option '--organization <id>': `nonsense` does not fit; write an organization id as `o-abc1234567`; see `trustwatch help`\n",
  ],
  [
    [
      ...['explain', 'policy.json', '--kind', 'sqs:queue', '--owner', '444455556666'],
      ...['--resource', 'arn:aws:sqs:eu-west-1:111122223333:orders'],
    ],
    'trustwatch: explain: the resource is of account 111122223333; leave --owner out\n',
  ],
])('%j is refused in one line', async (args, stderr) => {
  const cwd = folder();
  writeFileSync(join(cwd, 'list.json'), '[{"Version":"2012-10-17"}]');
  writeFileSync(join(cwd, 'policy.json'), '{"Version":"2012-10-17","Statement":[]}');
  expect(await trustwatch(args, { cwd })).toEqual({ code: 2, stdout: '', stderr });
});

test('explain takes a line for check, and says when nobody gets in', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'line.json'), JSON.stringify(line('a', { AWS: '111122223333' })));
  expect(await trustwatch(['explain', 'line.json'], { cwd })).toEqual({
    code: 0,
    stdout: 'Nobody from outside gets in.\n',
    stderr: '',
  });
});

test('the demo audits, names what it could not read, and shows one alert, from any folder and twice', {
  timeout: longMs,
}, async () => {
  const cwd = folder();
  for (let time = 1; time <= 2; time += 1) {
    const { code, stdout } = await trustwatch(['demo'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('role-missing');
    expect(stdout).toContain(`wrote ${join('out', 'demo', 'report.html')}`);
    expect(stdout.match(/^NEW /gm)).toHaveLength(1);
    expect(stdout).toMatch(/changed by arn:aws:sts::333333333333:assumed-role\/.* from 198\.51\.100\.23/);
  }
});

test('what an audit recorded over the wire, its replay finds again without network and credentials', async () => {
  const cwd = folder();
  const server = spawn(process.execPath, ['test/bench/scale-server.mjs'], {
    env: { ...process.env, ACCOUNTS: '4', ROLES: '3' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const asked = [
    'audit',
    '--no-progress',
    '--kinds',
    'iam:role',
    '--role-name',
    'security/audit',
    '--external-id',
    'x-1',
  ];
  const findings = () => JSON.parse(readFileSync(join(cwd, 'o', 'report.json'), 'utf8')).findings;
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const env = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${String(port).trim()}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'never-written',
      AWS_REGION: 'eu-west-1',
    };
    const live = await trustwatch([...asked, '--record', 'recording', '--out', 'o'], { cwd, env });
    expect({ code: live.code, stderr: live.stderr }).toEqual({ code: 1, stderr: '' });
    const again = await trustwatch([...asked, '--record', 'recording'], { cwd, env });
    expect(again.stderr).toBe('trustwatch: recording: there is a recording already; name a new folder\n');
  } finally {
    server.kill();
  }
  const recorded = findings();
  expect(recorded).toHaveLength(4);
  for (const file of readdirSync(join(cwd, 'recording')))
    expect(readFileSync(join(cwd, 'recording', file), 'utf8')).not.toMatch(/never-written|ASIA/);

  const replay = ['audit', '--no-progress', '--kinds', 'iam:role', '--replay', 'recording', '--out', 'o'];
  expect((await trustwatch(replay, { cwd })).code).toBe(1);
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).toSorted();
  expect(ids(findings())).toEqual(ids(recorded));
});
