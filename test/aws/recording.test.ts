import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
