import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, inject, test } from 'vitest';
import { config, region, securityAccount } from './clients.ts';
import { faults } from './faults.ts';
import { openInbox, subscribe } from './inbox.ts';
import { openMember } from './member.ts';
import { allow } from './plants.ts';
import { putChange } from './stack.ts';

const { sandbox } = inject('world').accounts;

/** Makes a queue that is open to all, and returns its ARN and the CloudTrail record of it. */
async function openQueue(name: string, user: string) {
  const sqs = (await openMember(sandbox))(SQSClient);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const resource = `arn:aws:sqs:${region}:${sandbox}:${name}`;
  const Policy = allow({ Principal: '*', Action: 'sqs:SendMessage', Resource: resource });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const change = {
    eventID: randomUUID(),
    eventSource: 'sqs.amazonaws.com',
    eventName: 'SetQueueAttributes',
    eventTime: new Date().toISOString(),
    awsRegion: region,
    recipientAccountId: sandbox,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${sandbox}:user/${user}` },
    requestParameters: { queueUrl: `https://sqs.${region}.amazonaws.com/${sandbox}/${name}` },
    responseElements: null,
  };
  return { resource, change };
}

/** A queue that hears what a rule of the default bus matches. */
async function listen(name: string) {
  const inbox = await openInbox(name, 'events.amazonaws.com');
  const events = new EventBridgeClient(config);
  await events.send(
    new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: ['trustwatch'] }) }),
  );
  const Arn = `arn:aws:sqs:${region}:${securityAccount}:${name}`;
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'queue', Arn }] }));
  return {
    texts: (count: number, withinMs: number, isMine: (text: string) => boolean) =>
      inbox.take(count, withinMs, (text) => (isMine(text) ? text : undefined)),
  };
}

test('one change is told once on the topic, once in chat and once on the bus, though the topic refuses at first', async () => {
  const [topic, chat, bus] = await Promise.all([
    subscribe('on-topic'),
    subscribe('in-chat', 'ChatTopicArn'),
    listen('on-bus'),
  ]);
  const { resource, change } = await openQueue('everywhere', 'eve');
  await faults({ publishRefusals: 10 });
  await putChange(change);

  const isMine = (text: string) => text.includes(resource);
  const [told] = await topic.texts(1, 85_000, isMine);
  const [said] = await chat.texts(1, 60_000, isMine);
  const [event] = await bus.texts(1, 60_000, isMine);
  expect(JSON.parse(told ?? '')).toMatchObject({ schema: 'trustwatch.finding/1', status: 'new' });
  expect(JSON.parse(said ?? '')).toMatchObject({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown' },
  });
  expect(JSON.parse(event ?? '')).toMatchObject({
    source: 'trustwatch',
    'detail-type': 'trustwatch Finding',
    detail: { schema: 'trustwatch.finding/1', resource },
  });
  for (const inbox of [topic, chat, bus])
    await expect(inbox.texts(2, 3_000, isMine)).rejects.toThrow('not within');
});

test('of a storm the first twenty are told one by one and the others as one list', async () => {
  const topic = await subscribe('storm');
  const queues = await Promise.all(
    Array.from({ length: 25 }, (_, index) => openQueue(`storm-${index}`, 'mallory')),
  );
  for (const { change } of queues) await putChange(change);
  const isMine = (text: string) => text.includes(`:storm-`);
  await topic.texts(20, 60_000, isMine);

  const tellPile = () =>
    new LambdaClient(config).send(
      new InvokeCommand({
        FunctionName: 'trustwatch-prod-tell-pile',
        Payload: Buffer.from(JSON.stringify({ pile: 'storm' })),
      }),
    );
  await sleep(5_000);
  const { FunctionError, Payload } = await tellPile();
  expect([FunctionError, JSON.parse(Buffer.from(Payload ?? []).toString())]).toEqual([
    undefined,
    { told: 1 },
  ]);
  const texts = await topic.texts(21, 10_000, isMine);
  const lists = texts.map((text) => JSON.parse(text)).filter(({ reason }) => reason === 'storm');
  expect(lists).toMatchObject([{ schema: 'trustwatch.findings/1', total: 5, left: 0 }]);
  await tellPile();
  await expect(topic.texts(22, 3_000, isMine)).rejects.toThrow('not within');
});

test('a change that does not show yet is looked at again, and told when it shows', async () => {
  const topic = await subscribe('later');
  const iam = (await openMember(sandbox))(IAMClient);
  const trust = (AWS: string) => allow({ Principal: { AWS }, Action: 'sts:AssumeRole' });
  const inside = trust(`arn:aws:iam::${sandbox}:root`);
  await iam.send(new CreateRoleCommand({ RoleName: 'later', AssumeRolePolicyDocument: inside }));
  // The stranger of the other tests is none any more: the schedule's test trusts it.
  const policyDocument = trust('*');
  await putChange({
    eventID: randomUUID(),
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    eventTime: new Date().toISOString(),
    awsRegion: 'us-east-1',
    recipientAccountId: sandbox,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${sandbox}:user/eve` },
    requestParameters: { roleName: 'later', policyDocument },
    responseElements: null,
  });
  const isMine = (text: string) => text.includes(':role/later');
  await expect(topic.texts(1, 3_000, isMine)).rejects.toThrow('not within');
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'later', PolicyDocument: policyDocument }));
  const [told] = await topic.texts(1, 30_000, isMine);
  expect(JSON.parse(told ?? '')).toMatchObject({
    status: 'new',
    cause: { eventName: 'UpdateAssumeRolePolicy' },
  });
});
