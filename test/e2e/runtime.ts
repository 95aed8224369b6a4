import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { unzipSync } from 'fflate';
import { config } from './clients.ts';
import { archiveOf, type FunctionName, functionName } from './stack.ts';

/** What a function gave for an event, or why it failed. */
type Outcome = { readonly result: unknown } | { readonly errorType: string; readonly errorMessage: string };

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly seconds: number;
  readonly end: (outcome: Outcome) => void;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The Runtime API of one execution environment. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
async function runtimeApi(functionArn: string) {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let asked: ServerResponse | undefined;

  function handOut(): void {
    if (asked === undefined) return;
    const next = waiting.shift();
    if (next === undefined) return;
    running.set(next.id, next);
    asked
      .writeHead(200, {
        'lambda-runtime-aws-request-id': next.id,
        'lambda-runtime-deadline-ms': `${Date.now() + next.seconds * 1000}`,
        'lambda-runtime-invoked-function-arn': functionArn,
      })
      .end(JSON.stringify(next.event));
    asked = undefined;
  }

  const server = createServer(async (request, response) => {
    const [id = '', what] = (request.url ?? '').split('/').slice(-2);
    if (what === 'next') {
      asked = response;
      return handOut();
    }
    const body = JSON.parse((await bodyOf(request)) || 'null');
    response.writeHead(202).end();
    const ended = what === 'response' ? { result: body } : body;
    // What fails before it begins fails every event.
    const invocations = id === 'init' ? waiting.splice(0) : [running.get(id)];
    for (const invocation of invocations) invocation?.end(ended);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event: unknown, seconds: number) =>
      new Promise<Outcome>((end) => {
        waiting.push({ id: randomUUID(), event, seconds, end });
        handOut();
      }),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function unpack(name: FunctionName): string {
  const folder = mkdtempSync(join(tmpdir(), 'trustwatch-function-'));
  for (const [path, content] of Object.entries(unzipSync(archiveOf(name)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/**
 * Starts a function from its archive as Lambda does: Lambda's own runtime interface client loads the bundle, with
 * the environment that the stack gives it, and asks a Runtime API for events.
 */
export async function startFunction(name: FunctionName) {
  const lambda = new LambdaClient(config);
  const FunctionName = functionName(name);
  const deployed = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const api = await runtimeApi(deployed.FunctionArn ?? '');
  const task = unpack(name);
  const process_ = spawn(process.execPath, [process.env.E2E_RUNTIME_CLIENT ?? ''], {
    cwd: task,
    env: {
      ...process.env,
      ...deployed.Environment?.Variables,
      _HANDLER: deployed.Handler,
      LAMBDA_TASK_ROOT: task,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
      AWS_LAMBDA_FUNCTION_NAME: FunctionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${deployed.MemorySize}`,
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${FunctionName}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'e2e',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const died = once(process_, 'exit').then(([code]): Outcome => {
    return { errorType: 'Runtime.ExitError', errorMessage: `the process ended with ${code}` };
  });
  return {
    /** What it gives for an event, in so many seconds. */
    async invoke(event: unknown, seconds = 60): Promise<Outcome> {
      return Promise.race([api.invoke(event, seconds), died]);
    },
    stop() {
      process_.kill();
      api.stop();
      rmSync(task, { recursive: true, force: true });
    },
  };
}
