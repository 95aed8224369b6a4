import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from './cannot-run.mjs';

/** moto takes every caller without a session for this account: it has to be the security account. */
export const securityAccount = '123456789012';

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url, ended, name, log) {
  let over;
  ended.then((end) => {
    over = end;
  });
  for (let waited = 0; waited < 30_000; waited += 200) {
    if (over) break;
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new CannotRun(`${name} did not start; see ${log}`);
}

/** Starts both emulators on loopback; what runs in ministack calls back to `endpoint`, the router before both. */
export async function startEmulators({ start, python, logs, region, endpoint, preload, clock }) {
  const [motoPort, ministackPort] = [await freePort(), await freePort()];
  const base = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
  };

  const motoLog = join(logs, 'moto.log');
  const moto = start(
    python,
    [join(import.meta.dirname, 'start_moto.py'), '-H', '127.0.0.1', '-p', `${motoPort}`],
    {
      // An account has what somebody made in it, and no more.
      env: { ...base, MOTO_IAM_LOAD_MANAGED_POLICIES: 'false', MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
      log: motoLog,
    },
  );
  const ministackLog = join(logs, 'ministack.log');
  const ministack = start(python, [join(import.meta.dirname, 'start_ministack.py')], {
    env: {
      ...base,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: `${ministackPort}`,
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      // Enforces IAM policies: a role that lacks a permission fails here as it would in AWS.
      AUTH: 'true',
      MINISTACK_ACCOUNT_ID: securityAccount,
      MINISTACK_REGION: region,
      AWS_ENDPOINT_URL: endpoint('127.0.0.1'),
      // S3 Control puts the account before the host's name, which an address cannot have.
      AWS_ENDPOINT_URL_S3_CONTROL: endpoint('localhost'),
      NODE_OPTIONS: preload.map((file) => `--require ${file}`).join(' '),
      E2E_CLOCK: clock,
    },
    log: ministackLog,
  });
  await Promise.all([
    answers(`http://127.0.0.1:${motoPort}/moto-api/config`, moto.ended, 'moto', motoLog),
    answers(
      `http://127.0.0.1:${ministackPort}/_ministack/health`,
      ministack.ended,
      'ministack',
      ministackLog,
    ),
  ]);
  return { motoPort, ministackPort };
}
