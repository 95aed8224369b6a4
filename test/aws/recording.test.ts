import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { record, replay } from '../../shared/aws/recording.ts';

const config = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  maxAttempts: 1,
};
const speaker = { account: '111122223333', region: 'eu-west-1' };

test('what was not recorded is an error that names it, never an empty answer', async () => {
  const client = new SQSClient(config);
  replay([mkdtempSync(join(tmpdir(), 'replay-'))]).attach(client, speaker);
  await expect(client.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    name: 'NotRecorded',
    message: expect.stringContaining('SQS ListQueues of 111122223333 in eu-west-1'),
  });
});

test('a failed request is recorded, and replayed as the same error', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'replay-'));
  const live = new SQSClient({ ...config, endpoint: 'http://127.0.0.1:9' });
  record(directory).attach(live, speaker);
  const refused = await live.send(new ListQueuesCommand({})).catch((error: Error) => error);
  const again = new SQSClient(config);
  replay([directory]).attach(again, speaker);
  await expect(again.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    name: (refused as Error).name,
  });
});

/** Answers every request with this, on loopback, while `use` runs. */
async function answering<T>(status: number, body: object, use: (endpoint: string) => Promise<T>): Promise<T> {
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer is replayed as it was, without the environment of functions, from a file for the owner alone', async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'replay-')), 'recording');
  const functions = {
    Functions: [{ FunctionName: 'shop', Environment: { Variables: { TOKEN: 'hunter2' } } }],
  };
  await answering(200, functions, async (endpoint) => {
    const live = new LambdaClient({ ...config, endpoint });
    record(directory).attach(live, speaker);
    const answer = await live.send(new ListFunctionsCommand({}));
    expect(answer.Functions?.[0]?.Environment?.Variables).toEqual({ TOKEN: 'hunter2' });
  });
  const file = join(directory, '111122223333.jsonl');
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  expect(statSync(file).mode & 0o077).toBe(0);
  const again = new LambdaClient(config);
  replay([directory]).attach(again, speaker);
  const replayed = await again.send(new ListFunctionsCommand({}));
  expect(replayed.Functions).toEqual([{ FunctionName: 'shop' }]);
});

test('what tells a refusal from a failure survives: the status, and the code of the network', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'replay-'));
  const recording = record(directory);
  await answering(403, { __type: 'SomethingNew', message: 'no' }, async (endpoint) => {
    const live = new SQSClient({ ...config, endpoint });
    recording.attach(live, speaker);
    await live.send(new ListQueuesCommand({})).catch(() => undefined);
  });
  const nowhere = new SQSClient({ ...config, endpoint: 'http://127.0.0.1:9' });
  recording.attach(nowhere, speaker);
  await nowhere.send(new ListQueuesCommand({})).catch(() => undefined);
  const again = new SQSClient(config);
  replay([directory]).attach(again, speaker);
  const errors = [];
  for (const _ of [1, 2]) errors.push(await again.send(new ListQueuesCommand({})).catch((error) => error));
  expect(errors).toMatchObject([
    { name: 'SomethingNew', $metadata: { httpStatusCode: 403 } },
    { code: 'ECONNREFUSED', $metadata: {} },
  ]);
});

test.each([
  ['{', 'Expected'],
  ['42', 'it has no region'],
  [
    '{"region":"eu-west-1","client":"SQS","operation":"ListQueues","input":{}}',
    'it has no output and no error',
  ],
])('a line that is no exchange is refused with its file and number: %s', async (line, why) => {
  const directory = mkdtempSync(join(tmpdir(), 'replay-'));
  writeFileSync(join(directory, '111122223333.jsonl'), `\n${line}\n`);
  const client = new SQSClient(config);
  replay([directory]).attach(client, speaker);
  await expect(client.send(new ListQueuesCommand({}))).rejects.toThrow(
    new RegExp(`111122223333\\.jsonl:2: not a recorded exchange \\(.*${why}.*; record the account again`),
  );
});
