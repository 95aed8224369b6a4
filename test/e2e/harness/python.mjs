import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotRun } from './cannot-run.mjs';

const run = promisify(execFile);

const oldest = [3, 10];
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** The first Python at hand that is new enough and can make virtual environments. */
async function findPython() {
  for (const name of process.env.PYTHON ? [process.env.PYTHON] : names) {
    const asked = await run(name, ['-c', 'import sys, venv, ensurepip; print(*sys.version_info[:2])']).catch(
      () => undefined,
    );
    const [major = 0, minor = 0] = (asked?.stdout ?? '').trim().split(' ').map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return name;
  }
  throw new CannotRun(
    `no Python ${oldest.join('.')} or newer with venv was found; install one, or name it: PYTHON=/path/to/python3 npm run test:e2e`,
  );
}

/**
 * The virtual environment of the emulators, made when it is missing or was made from other requirements.
 * Returns the path of its Python.
 */
export async function virtualEnvironment(directory, requirements) {
  const python = join(directory, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(directory, 'installed-from');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;

  const maker = await findPython();
  process.stdout.write(`installing the emulators into ${directory} (once)\n`);
  rmSync(directory, { recursive: true, force: true });
  try {
    await run(maker, ['-m', 'venv', directory]);
    await run(
      python,
      ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--no-deps', '-r', requirements],
      {
        timeout: 240_000,
      },
    );
  } catch (error) {
    const lines = `${error.stderr || error.message}`.trim().split('\n');
    throw new CannotRun(
      `the emulators could not be installed (${lines.at(-1)}); see that PyPI can be reached`,
    );
  }
  writeFileSync(stamp, wanted);
  return python;
}
