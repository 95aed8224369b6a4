import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';
import { itemOf } from '../../shared/aws/table-item.ts';
import { settle } from '../../shared/findings/settle.ts';
import { bucket, grant, presentLook } from '../findings/samples.ts';
import { subscribe } from './inbox.ts';
import { startFunction } from './runtime.ts';
import type { FunctionName } from './stack.ts';
import { makeRole, roleArn } from './trust-change.ts';

const { build } = inject('world').accounts;

const started: Awaited<ReturnType<typeof startFunction>>[] = [];

async function start(name: FunctionName) {
  const fn = await startFunction(name);
  started.push(fn);
  return fn;
}

afterAll(() => {
  for (const fn of started) fn.stop();
});

const audit = `by-hand-${randomUUID()}`;
const kinds = ['iam:role'];
const place = { partition: 'aws', account: build, region: 'us-east-1', reaches: ['global'] };

test('on-change follows a change of a batch and gives back the message that is none', async () => {
  const inbox = await subscribe('handlers');
  const fn = await start('on-change');
  const detail = await makeRole(build, 'by-hand', '*');
  const record = (messageId: string, body: string) => ({ messageId, body, eventSource: 'aws:sqs' });
  const change = { source: 'aws.iam', account: build, region: 'us-east-1', detail };
  const event = { Records: [record('good', JSON.stringify(change)), record('bad', 'no JSON')] };
  expect(await fn.invoke(event)).toEqual({ result: { batchItemFailures: [{ itemIdentifier: 'bad' }] } });
  const [message] = await inbox.take(1, 30_000, ({ resource }) => resource === roleArn(build, 'by-hand'));
  expect(message?.body.status).toBe('new');
});

test('plan-audit plans, sweep-place sweeps and finish-audit reports, each in a process of its own', async () => {
  const plan = await start('plan-audit');
  const request = { audit, accounts: [build], regions: ['us-east-1'], kinds };
  const plannedAt = expect.any(String);
  expect(await plan.invoke(request)).toEqual({ result: { audit, places: 1, kinds, plannedAt } });
  const sweep = await start('sweep-place');
  expect(await sweep.invoke({ audit, place, kinds })).toMatchObject({ result: { audit, done: true } });
  const finish = await start('finish-audit');
  expect(await finish.invoke({ audit })).toMatchObject({
    result: { audit, findings: expect.any(Number), gaps: 0 },
  });
});

test('sweep-place stops in time before the deadline that Lambda sets, and says where to go on', async () => {
  const sweep = await start('sweep-place');
  expect(await sweep.invoke({ audit, place, kinds }, 30)).toMatchObject({
    result: { done: false, cursor: expect.any(String) },
  });
});

test('publish tells what a batch of the stream tells it, once, though the batch comes again', async () => {
  const inbox = await subscribe('handlers-publish');
  const fn = await start('publish');
  const record = settle(undefined, presentLook(bucket, 5, [grant()]));
  const { body, ...item } = (record !== 'older' && itemOf(record)) || {};
  const text = Buffer.from(body?.B ?? []).toString('base64');
  const written = { SequenceNumber: '1', NewImage: { ...item, body: { B: text } } };
  const event = { Records: [{ eventSource: 'aws:dynamodb', eventName: 'INSERT', dynamodb: written }] };
  for (let time = 0; time < 2; time++)
    expect(await fn.invoke(event)).toEqual({ result: { batchItemFailures: [] } });
  expect(await inbox.told(({ resource }) => resource === bucket.arn)).toMatchObject([{ status: 'new' }]);
});

test('tell-pile tells what waits, and what no function knows is an error of one line', async () => {
  const fn = await start('tell-pile');
  expect(await fn.invoke({ pile: 'late' })).toEqual({ result: { told: 0 } });
  const finish = await start('finish-audit');
  const failed = await finish.invoke({ audit: 'never-planned' });
  expect(failed).toMatchObject({
    errorType: expect.any(String),
    errorMessage: expect.not.stringContaining('\n'),
  });
});
