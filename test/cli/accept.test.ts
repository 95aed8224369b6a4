import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { build, trustwatch } from './trustwatch.ts';

beforeAll(build, 60_000);

const recorded = resolve('examples/organization');
const cwd = mkdtempSync(join(tmpdir(), 'accept-'));
const report = () => JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'));
/** Of an account that has findings of both kinds; to load the SDK clients of all takes most of the time of a whole audit. */
const scope = ['--accounts', '666666666666', '--kinds', 'iam:role,s3:bucket'];
const audit = (...more: readonly string[]) =>
  trustwatch(['audit', '--replay', recorded, ...scope, '--no-progress', ...more], { cwd });
const whose = ['--owner', 'shop', '--reason', 'load tests: see the wiki', '--until', '2099-12-31'];
const accept = (finding: string, ...more: readonly string[]) =>
  trustwatch(['accept', finding, ...whose, ...more], { cwd });
const refused = (message: RegExp) => ({ code: 2, stdout: '', stderr: expect.stringMatching(message) });

test('what is accepted is no finding in the next audit, and is accepted once', {
  timeout: 120_000,
}, async () => {
  expect(await accept('ab')).toEqual(refused(/there is no report; run `trustwatch audit`/));
  expect((await audit()).code).toBe(1);
  const { findings } = report();
  expect(findings.length).toBeGreaterThan(1);

  writeFileSync(join(cwd, 'trust.yml'), '# ours\n');
  for (const { id, title } of findings) {
    const { code, stdout } = await accept(id.slice(0, 8), '--ticket', 'SEC-1');
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: `trust.yml expects from now on: ${title}`,
    });
  }
  expect(readFileSync(join(cwd, 'trust.yml'), 'utf8')).toMatch(/^# ours\n/);

  const { code, stdout } = await audit('--trust', 'trust.yml');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining(`${findings.length} expected grants`),
  });
  expect(report().expected[0]).toMatchObject({
    status: 'expected',
    expectation: { owner: 'shop', ticket: 'SEC-1', until: '2099-12-31' },
  });

  expect(await accept(findings[0].id)).toEqual(
    refused(/trust\.yml expects it already, by shop until 2099-12-31/),
  );
  expect(await accept('zz')).toEqual(refused(/finding `zz`: .*report\.json has none/));
  expect(await accept('')).toEqual(refused(/has none/));
});

test('a day that is over is refused, and nothing is written', { timeout: 60_000 }, async () => {
  await audit();
  const past = ['--trust', 'other.yml', '--until', '2020-01-01'];
  expect(await accept(report().findings[0].id, ...past)).toEqual(refused(/date 2020-01-01 is in the past/));
  expect(() => readFileSync(join(cwd, 'other.yml'))).toThrow('ENOENT');
});
