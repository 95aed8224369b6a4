import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotRun } from './cannot-run.mjs';

const run = promisify(execFile);

/** AWS's client of the Runtime API for Node, as it stands in Lambda's own images. Apache-2.0. */
const version = '4.0.2';
const integrity =
  'sha512-FE5Vskx7mYNnqAnWWJXUOsLp2VGgdsJsCoRLFTa8L4Yk0QVtArqR8q58yPA++QC1a73ZWJXBQ2AH31nIAv7NOQ==';

/**
 * Lambda's runtime interface client, without its scripts, which would compile its native part; rapid-client.cjs
 * stands in for that. Returns the path of its entry.
 */
export async function runtimeInterfaceClient(directory) {
  const home = join(directory, `aws-lambda-ric-${version}`);
  const entry = join(home, 'package/index.mjs');
  const native = join(home, 'package/rapid-client.node');
  if (!existsSync(native)) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    const pack = [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      home,
      `aws-lambda-ric@${version}`,
    ];
    const { stdout } = await run('npm', pack, { timeout: 120_000 }).catch((error) => {
      throw new CannotRun(`aws-lambda-ric could not be fetched (${error.message.trim().split('\n').at(-1)})`);
    });
    const [packed] = JSON.parse(stdout);
    if (packed.integrity !== integrity)
      throw new CannotRun(`aws-lambda-ric ${version} is not what it was: ${packed.integrity}`);
    await run('tar', ['-xzf', join(home, packed.filename), '-C', home]);
    mkdirSync(native);
    const main = join(import.meta.dirname, 'rapid-client.cjs');
    writeFileSync(join(native, 'package.json'), JSON.stringify({ main }));
  }
  return entry;
}
