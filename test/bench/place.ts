import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const entry = 'test/bench/handlers/sweep';

/** Resources of each sort in the full place: nine sorts. */
const full = 1000;

/** The sweep of one place with every kind, answered in the process itself, which is made for it alone. */
async function sweep(bundled: string, each: number): Promise<Record<string, number>> {
  const args = ['--no-warnings', bundled, String(each)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

/** Calls, time and peak memory of a sweep, where there is nothing and where there are thousands of resources. */
export async function benchPlace(): Promise<Record<string, unknown>> {
  const { bundle }: { bundle(entries: readonly string[], root: string, out: string): Promise<unknown> } =
    createRequire(import.meta.url)('../../deploy/plugin/bundle.cjs');
  mkdirSync(join(root, '.esbuild'), { recursive: true });
  const out = mkdtempSync(join(root, '.esbuild/bench-'));
  try {
    await bundle([entry], root, out);
    const bundled = join(out, `${entry}.mjs`);
    return { empty: await sweep(bundled, 0), full: await sweep(bundled, full) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
