// npm run test:e2e: the stack as it is deployed, on emulators of AWS that run on this machine alone.
// Exit code 0: every test passed; 1: a test failed; 2: the tests cannot run here.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownName } from './harness/calls.mjs';
import { CannotRun } from './harness/cannot-run.mjs';
import { freePort, securityAccount, startEmulators } from './harness/emulators.mjs';
import { processes } from './harness/processes.mjs';
import { virtualEnvironment } from './harness/python.mjs';
import { startRouter } from './harness/router.mjs';
import { runtimeInterfaceClient } from './harness/runtime-client.mjs';

const limitMs = Number(process.env.E2E_MINUTES ?? 20) * 60_000;
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const region = 'eu-west-1';
const bin = (name) => join(root, 'node_modules/.bin', name);

const { start, stop } = processes();
let router;

async function end(code) {
  router?.stop();
  await stop();
  process.exit(code);
}

const interrupted = (why) => () => {
  process.stderr.write(`test:e2e: ${why}\n`);
  void end(1);
};
process.once('SIGINT', interrupted('interrupted'));
process.once('SIGTERM', interrupted('interrupted'));
setTimeout(interrupted(`not finished within ${limitMs / 60_000} minutes`), limitMs).unref();

async function main() {
  const logs = join(root, 'out/e2e');
  mkdirSync(logs, { recursive: true });
  const python = await virtualEnvironment(join(root, '.venv-e2e'), join(here, 'requirements.txt'));
  const runtimeClient = await runtimeInterfaceClient(join(root, '.venv-e2e'));

  const port = await freePort();
  const endpoint = (host) => `http://${host}:${port}`;
  const [localhost, ownClock] = ['localhost', 'clock'].map((name) => join(here, `harness/${name}.cjs`));
  const clock = join(logs, 'clock');
  rmSync(clock, { force: true });
  const preload = [localhost, ownClock];
  const emulators = await startEmulators({ start, python, logs, region, endpoint, preload, clock });
  router = await startRouter({ port, ...emulators });

  const env = {
    ...withoutAws(process.env),
    AWS_ACCESS_KEY_ID: securityAccount,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_REGION: region,
    AWS_SDK_UA_APP_ID: ownName,
    AWS_ENDPOINT_URL: endpoint('127.0.0.1'),
    AWS_ENDPOINT_URL_S3_CONTROL: endpoint('localhost'),
    E2E_ENDPOINT: endpoint('127.0.0.1'),
    E2E_MOTO: `http://127.0.0.1:${emulators.motoPort}`,
    E2E_CLOCK: clock,
    E2E_RUNNER: `${process.pid}`,
    E2E_RUNTIME_CLIENT: runtimeClient,
    NODE_OPTIONS: `--require ${localhost}`,
    NODE_NO_WARNINGS: '1',
    NO_COLOR: process.env.NO_COLOR ?? (process.stdout.isTTY ? undefined : '1'),
  };
  const tests = start(
    bin('vitest'),
    ['run', '--config', join(here, 'vitest.config.ts'), ...process.argv.slice(2)],
    {
      cwd: root,
      env,
    },
  );
  return (await tests.ended).code === 0 ? 0 : 1;
}

/** The environment without the reader's own AWS settings: nothing of a test may reach a real account. */
const withoutAws = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));

main().then(end, (error) => {
  process.stderr.write(error instanceof CannotRun ? `test:e2e: ${error.message}\n` : `${error.stack}\n`);
  return end(error instanceof CannotRun ? 2 : 1);
});
