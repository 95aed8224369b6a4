import { execFile, execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Bundles the command line as `npm run build` does. */
export function build(): void {
  execFileSync(process.execPath, ['build.mjs']);
}

const bin = resolve('dist/trustwatch.js');

/** Runs the built command as a process of its own, without credentials and without a way to find any. */
export function trustwatch(
  args: readonly string[],
  { input = '', cwd = process.cwd(), env: more = {} }: Surroundings = {},
): Promise<Ended> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    ...more,
  };
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [bin, ...args],
      { cwd, env, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
