import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Seconds of processor time, by what spent it. */
export type ProcessorTime = Readonly<Record<'emulators' | 'functions' | 'tests', number>>;

interface Process {
  readonly id: string;
  readonly parent: string;
  readonly seconds: number;
  readonly command: string;
}

/** `1-02:03:04`, `02:03:04` or `03:04.05` */
const secondsOf = (time: string) =>
  time
    .split(/[-:]/)
    .map(Number)
    .reduceRight((sum, part, index, parts) => {
      const unit = [1, 60, 3600, 86_400][parts.length - 1 - index] ?? 0;
      return sum + part * unit;
    }, 0);

async function allProcesses(): Promise<readonly Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,time=,comm=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', parent = '', time = '', command = ''] = line.trim().split(/\s+/);
      return { id, parent, seconds: secondsOf(time), command };
    });
}

/**
 * What the processes below the runner of the end-to-end tests have spent since they began: the emulators, the
 * functions that these started, and the tests with the router.
 */
export async function processorTime(runner: string): Promise<ProcessorTime> {
  const all = await allProcesses();
  const spent = { emulators: 0, functions: 0, tests: 0 };
  function visit({ id, seconds, command }: Process, within: keyof ProcessorTime): void {
    const isEmulator = /python/i.test(command);
    const sort = isEmulator ? 'emulators' : within;
    spent[sort] += seconds;
    for (const child of all.filter(({ parent }) => parent === id))
      visit(child, sort === 'emulators' ? 'functions' : sort);
  }
  for (const each of all.filter(({ id }) => id === runner)) visit(each, 'tests');
  return spent;
}
