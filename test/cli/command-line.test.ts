import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { build, trustwatch } from './trustwatch.ts';

beforeAll(build);

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
    /^trustwatch: there are no valid AWS credentials \(.*\); sign in, or name a profile with --profile\n$/,
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
      'trust.example.yml: fine, adds 2 accounts, 1 organization, 1 organization path, 3 federated tenants\n',
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

test('an audit with findings exits 1, writes three reports, and says what it could not read', async () => {
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

test('the second audit says what is another since the first', async () => {
  const cwd = folder();
  const first = await trustwatch([...replayed, '--out', 'o'], { cwd });
  expect(first.stdout).not.toContain('since the last audit');
  const second = await trustwatch([...replayed, '--out', 'o'], { cwd });
  expect(second.stdout).not.toContain('since the last audit');
  const report = JSON.parse(readFileSync(join(cwd, 'o', 'report.json'), 'utf8'));
  expect(
    new Set([...report.findings, ...report.gaps].map(({ status }: { status: string }) => status)),
  ).toEqual(new Set(['open']));
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
  const { stderr } = await trustwatch(['audit', '--replay', resolve('examples/organization'), '--out', 'o'], {
    cwd: folder(),
  });
  const lines = stderr.trim().split('\n');
  expect(lines[0]).toBe('sweeping 36 places of 12 accounts');
  expect(lines.at(-1)).toMatch(/^36 of 36 places, \d+ resources$/);
  expect(lines.length).toBeLessThan(15);
});
