import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, expect, inject, test } from 'vitest';
import { config } from './clients.ts';
import { faults } from './faults.ts';
import { type Body, subscribe } from './inbox.ts';
import { openMember } from './member.ts';
import { allow } from './plants.ts';
import { eventually, putChange } from './stack.ts';

const { build } = inject('world').accounts;

afterAll(() => faults({}));

/** Makes a queue that is open to all, and returns the CloudTrail record of it. */
async function openQueue(name: string) {
  const sqs = (await openMember(build))(SQSClient);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const resource = `arn:aws:sqs:eu-west-1:${build}:${name}`;
  const Policy = allow({ Principal: '*', Action: 'sqs:SendMessage', Resource: resource });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  return {
    resource,
    change: {
      eventID: randomUUID(),
      eventSource: 'sqs.amazonaws.com',
      eventName: 'SetQueueAttributes',
      eventTime: new Date().toISOString(),
      awsRegion: 'eu-west-1',
      recipientAccountId: build,
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${build}:user/eve` },
      requestParameters: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${build}/${name}` },
      responseElements: null,
    },
  };
}

test('a poisoned message ends among the dead letters, and the ones beside it go through', async () => {
  const inbox = await subscribe('beside');
  const queues = [await openQueue('beside-1'), await openQueue('beside-2')];
  const [before, after] = queues.map(({ change }) => change);
  const poison = { eventSource: 'sqs.amazonaws.com', eventName: 'SetQueueAttributes', eventID: 'poison' };
  await Promise.all([before, poison, after].map((change) => putChange(change ?? {})));

  const isMine = ({ resource }: Body) => queues.some((queue) => queue.resource === resource);
  expect(await inbox.take(2, 30_000, isMine)).toHaveLength(2);

  const sqs = new SQSClient(config);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'trustwatch-prod-changes-dead' }));
  const dead = await eventually('the dead letter', 60_000, async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    return Messages?.[0]?.Body;
  });
  expect(JSON.parse(dead).detail).toEqual(poison);
});

test('a topic that refuses gets the message a minute later', async () => {
  const inbox = await subscribe('refused');
  const { resource, change } = await openQueue('refused');
  await faults({ publishRefusals: 20 });
  await putChange(change);
  const [message] = await inbox.take(1, 85_000, (body) => body.resource === resource);
  expect(message?.body.status).toBe('new');
});
