import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');

/** Bundles entries as the stack ships them, for as long as they are used; what uses them is given the folder. */
export async function withBundles<T>(
  entries: readonly string[],
  use: (out: string) => Promise<T>,
): Promise<T> {
  const { bundle }: { bundle(entries: readonly string[], root: string, out: string): Promise<unknown> } =
    createRequire(import.meta.url)('../../deploy/plugin/bundle.cjs');
  mkdirSync(join(root, '.esbuild'), { recursive: true });
  const out = mkdtempSync(join(root, '.esbuild/bench-'));
  try {
    await bundle(entries, root, out);
    return await use(out);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const entry = 'test/bench/handlers/decision';

/**
 * What the decision costs as it is shipped: bundled, in a process of its own. What runs the benchmarks names each
 * function anew wherever it is made, which takes longer than a small policy.
 */
export const benchDecision = (): Promise<Record<string, number>> =>
  withBundles([entry], async (out) => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(out, `${entry}.mjs`)]);
    return JSON.parse(stdout);
  });
