import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { config, region, securityAccount } from './clients.ts';
import { faults, met } from './faults.ts';
import { type Body, subscribe } from './inbox.ts';
import { openQueue } from './queue-change.ts';
import { eventually, putChange, startAnew } from './stack.ts';

const { build } = inject('world').accounts;

afterAll(() => faults());

const sqs = new SQSClient(config);
const deadLetters = 'trustwatch-prod-changes-dead';

/** Waits for a dead letter that holds a text, and takes it out if it is not to stay. */
async function deadLetter(text: string, fate: 'stays' | 'is taken'): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: deadLetters }));
  const receive = { QueueUrl, WaitTimeSeconds: 1, VisibilityTimeout: 0, MaxNumberOfMessages: 10 };
  const { Body: body = '', ReceiptHandle } = await eventually(
    `a dead letter of ${text}`,
    90_000,
    async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
      return Messages.find(({ Body: each }) => each?.includes(text));
    },
  );
  if (fate === 'is taken') await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return body;
}

const about =
  (name: string) =>
  ({ resource }: Body) =>
    resource?.endsWith(`:${name}`) ?? false;

const poison = { eventSource: 'sqs.amazonaws.com', eventName: 'SetQueueAttributes', eventID: 'poison' };
const writing = { operation: 'dynamodb:PutItem', answer: 'throttled table' } as const;
const exhausting = { ...writing, text: `${build}:exhausted` };
let inbox: Awaited<ReturnType<typeof subscribe>>;

beforeAll(async () => {
  inbox = await subscribe('failures');
  const [beside, throttled, exhausted] = [
    await openQueue(build, 'beside'),
    await openQueue(build, 'throttled'),
    await openQueue(build, 'exhausted'),
  ];
  await faults(
    // More than one delivery of the change has patience for, and fewer than two.
    { ...writing, text: `${build}:throttled`, times: 12 },
    exhausting,
  );
  for (const change of [poison, beside.change, throttled.change, exhausted.change]) await putChange(change);
});

test('what stands beside messages that fail goes through', async () => {
  expect(await inbox.take(1, 30_000, about('beside'))).toHaveLength(1);
});

test('a table that throttles delays an alert', async () => {
  const [message] = await inbox.take(1, 60_000, about('throttled'));
  expect(message?.body.status).toBe('new');
});

test('a poisoned message ends among the dead letters', async () => {
  expect(JSON.parse(await deadLetter('"poison"', 'is taken')).detail).toEqual(poison);
});

test('what was written to the table is told once, though publishing it crashes before the topic has heard of it', async () => {
  const { change } = await openQueue(build, 'crash');
  const { FindingsTopicArn = '' } = inject('stack');
  const silence = { operation: 'sns:Publish', text: FindingsTopicArn, times: 1, answer: 'silence' } as const;
  await faults(exhausting, silence);
  await putChange(change);
  await met(silence);
  await startAnew(['publish']);
  // Whoever has claimed the alert is dead, and its claim lapses.
  const [message] = await inbox.take(1, 90_000, about('crash'));
  expect(message?.body.status).toBe('new');
});

test('a change that the table had no room for is a dead letter; moved back it is followed, and told once, as all the others', async () => {
  await deadLetter(`${build}/exhausted`, 'stays');
  await faults();
  const SourceArn = `arn:aws:sqs:${region}:${securityAccount}:${deadLetters}`;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  const [message] = await inbox.take(1, 30_000, about('exhausted'));
  expect(message?.body.status).toBe('new');
  for (const name of ['beside', 'throttled', 'crash', 'exhausted'])
    expect(await inbox.told(about(name))).toMatchObject([{ status: 'new' }]);
});
