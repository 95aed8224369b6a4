import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The deployed stack on emulators, without the delay that a real one waits: milliseconds from a change's event on the
 * bus to the message in a subscriber's queue, at some rates, and the calls of AWS that one event takes. The stack is
 * deployed as the end-to-end tests deploy it; their runner's needs hold here too. `toldPerSecond` below the rate says
 * that emulators and functions together could not keep up on this machine.
 */
export async function benchStack(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'trustwatch-bench-'));
  const out = join(folder, 'stack.json');
  try {
    const run = spawn(process.execPath, ['test/e2e/run.mjs'], {
      env: { ...process.env, E2E_FILES: 'test/bench/stack-probe.ts', E2E_MINUTES: '14', BENCH_OUT: out },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(run, 'exit');
    if (code !== 0) throw new Error(`the stack could not be measured (exit code ${code}); see out/e2e`);
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
