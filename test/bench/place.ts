import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withBundles } from './bundled.ts';

const entry = 'test/bench/handlers/sweep';
const list = 'test/bench/handlers/kinds';

/** So many starts, of which the middle one counts. */
const starts = 9;

/** Resources of each sort in the full place: nine sorts. */
const full = 1000;

/** The sweep of one place with every kind, answered in the process itself, which is made for it alone. */
async function sweep(bundled: string, each: number): Promise<Record<string, number>> {
  const args = ['--no-warnings', bundled, String(each)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

const script = `
  const cpuMs = () => Object.values(process.cpuUsage()).reduce((sum, us) => sum + us / 1000, 0);
  await import(process.argv[1]);
  const before = cpuMs();
  await import(process.argv[2]);
  console.log(cpuMs() - before);`;

/** What loading the list of kinds adds to the start of a process that has loaded an empty module: milliseconds of the processor. */
async function loadingMs(out: string, bundled: string): Promise<number> {
  const empty = join(out, 'empty.mjs');
  writeFileSync(empty, '');
  const args = ['--no-warnings', '--input-type=module', '-e', script, empty, bundled];
  const added: number[] = [];
  for (let start = 0; start < starts; start += 1)
    added.push(Number((await promisify(execFile)(process.execPath, args)).stdout));
  return added.toSorted((a, b) => a - b)[Math.floor(starts / 2)] ?? Number.NaN;
}

/** What the list of kinds costs at start; calls, time and peak memory of a sweep, where there is nothing and where there are thousands of resources. */
export const benchPlace = (): Promise<Record<string, unknown>> =>
  withBundles([entry, list], async (out) => {
    const bundled = join(out, `${entry}.mjs`);
    const kindsLoadCpuMs = await loadingMs(out, join(out, `${list}.mjs`));
    return { kindsLoadCpuMs, empty: await sweep(bundled, 0), full: await sweep(bundled, full) };
  });
