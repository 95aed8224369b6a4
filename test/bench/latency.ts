import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Milliseconds from a change's event on the bus to the message in a subscriber's queue, on emulators, without the
 * delay that a real stack waits. The stack is deployed as the end-to-end tests deploy it; their runner's needs
 * hold here too.
 */
export async function benchLatency(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'trustwatch-bench-'));
  const out = join(folder, 'latency.json');
  try {
    const run = spawn(process.execPath, ['test/e2e/run.mjs'], {
      env: { ...process.env, E2E_FILES: 'test/bench/latency-probe.ts', BENCH_OUT: out },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(run, 'exit');
    if (code !== 0) throw new Error(`the latency could not be measured (exit code ${code}); see out/e2e`);
    const sorted = (JSON.parse(readFileSync(out, 'utf8')) as number[]).sort((a, b) => a - b);
    return {
      rounds: sorted.length,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      worstMs: sorted.at(-1) ?? Number.NaN,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
