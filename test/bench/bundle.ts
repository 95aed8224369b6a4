import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const functions = ['on-change', 'plan-audit', 'sweep-place', 'finish-audit', 'publish', 'tell-pile'];
const handlers = ['empty', 'eager', 'kinds'];
const runs = 21;

interface Bundler {
  bundle(entries: readonly string[], root: string, out: string): Promise<unknown>;
  bundleFunctions(service: object, root: string): Promise<readonly { name: string; bytes: number }[]>;
}

/** Milliseconds that a fresh Node takes to import a module. */
async function loadMs(file: string): Promise<number> {
  const script = `const start = performance.now();
    await import(${JSON.stringify(file)});
    process.stdout.write(String(performance.now() - start));`;
  const args = ['--no-warnings', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { AWS_REGION: 'eu-west-1' },
  });
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median of several loads of each file, taken in turns, so that what else the machine does hits all alike. */
async function loads(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, number>>> {
  const taken = Object.fromEntries(Object.keys(files).map((name) => [name, [] as number[]]));
  for (let run = 0; run < runs; run++)
    for (const [name, file] of Object.entries(files)) taken[name]?.push(await loadMs(file));
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]));
}

/**
 * Size and load time of each function's bundle, against an empty handler and one that loads IAM, Organizations,
 * SNS and STS at once, bundled the same way. `ofEager` is the load above empty, as a share of that one's;
 * `kindsAddMs` what the list of kinds adds to the empty one.
 */
export async function benchBundle(): Promise<Record<string, unknown>> {
  const { bundle, bundleFunctions }: Bundler = createRequire(import.meta.url)(
    '../../deploy/plugin/bundle.cjs',
  );
  const definitions = new Map(
    functions.map((name) => [name, { handler: `functions/${name}/handler.handler` }]),
  );
  const service = {
    getAllFunctions: () => functions,
    getFunction: (name: string) => definitions.get(name),
  };
  const sizes = await bundleFunctions(service, root);
  const out = mkdtempSync(join(root, '.esbuild/bench-'));
  try {
    await bundle(
      handlers.map((name) => `test/bench/handlers/${name}`),
      root,
      out,
    );
    const ms = await loads({
      ...Object.fromEntries(handlers.map((name) => [name, join(out, `test/bench/handlers/${name}.mjs`)])),
      ...Object.fromEntries(
        functions.map((name) => [name, join(root, `.esbuild/functions/${name}/handler.mjs`)]),
      ),
    });
    const { empty = 0, eager = 0, kinds = 0 } = ms;
    const bundles = sizes.map(({ name, bytes }) => {
      const load = ms[name] ?? Number.NaN;
      return [name, { zipBytes: bytes, loadMs: load, ofEager: (load - empty) / (eager - empty) }] as const;
    });
    return {
      emptyLoadMs: empty,
      eagerLoadMs: eager,
      kindsAddMs: kinds - empty,
      ...Object.fromEntries(bundles),
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
