import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const accounts = 1000;
const rolesPerAccount = 50;

/**
 * An audit of 1,000 accounts of 50 roles by the built command line, against a loopback server in a process of
 * its own. Memory is the audit process's peak resident set, as the kernel counts it.
 */
export async function benchScale(): Promise<Record<string, number>> {
  const server = spawn(process.execPath, ['test/bench/scale-server.mjs'], {
    env: { ...process.env, ACCOUNTS: String(accounts), ROLES: String(rolesPerAccount) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const out = mkdtempSync(join(tmpdir(), 'trustwatch-bench-'));
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const started = performance.now();
    const peakMemoryMb = await audit(`http://127.0.0.1:${String(port).trim()}`, out);
    const seconds = (performance.now() - started) / 1000;
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as { findings: unknown[] };
    if (report.findings.length !== accounts)
      throw new Error(`the audit found ${report.findings.length} of ${accounts} planted grants`);
    return { accounts, rolesPerAccount, seconds, accountsPerMinute: (accounts / seconds) * 60, peakMemoryMb };
  } finally {
    server.kill('SIGTERM');
    rmSync(out, { recursive: true, force: true });
  }
}

async function audit(endpoint: string, out: string): Promise<number> {
  const command = ['dist/trustwatch.js', 'audit', '--kinds', 'iam:role', '--out', out, '--no-progress'];
  const peak = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`;
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, ...command],
    {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_REGION: 'us-east-1',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += String(chunk);
  });
  const [status] = (await once(child, 'exit')) as [number];
  const kilobytes = /peak (\d+)/.exec(errors)?.[1];
  if (status !== 1 || kilobytes === undefined)
    throw new Error(`the audit ended with ${status}: ${errors.slice(-500)}`);
  return Number(kilobytes) / 1024;
}
