import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, expect, inject, test } from 'vitest';
import { config, region, securityAccount } from './clients.ts';
import { faults } from './faults.ts';
import { openInbox, subscribe } from './inbox.ts';
import { openQueue } from './queue-change.ts';
import { putChange, tellPile } from './stack.ts';
import { changeTrust, makeRole, roleArn } from './trust-change.ts';

const { sandbox } = inject('world').accounts;

afterAll(() => faults());

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

/** What Security Hub has of a resource. */
async function inSecurityHub(resource: string) {
  const { Findings = [] } = await new SecurityHubClient(config).send(new GetFindingsCommand({}));
  return Findings.filter(({ Resources }) => Resources?.some(({ Id }) => Id === resource));
}

test('one change is told once on the topic, in chat, on the bus and in Security Hub, though the topics refuse at first', async () => {
  const [topic, chat, bus] = await Promise.all([
    subscribe('on-topic'),
    subscribe('in-chat', 'ChatTopicArn'),
    listen('on-bus'),
  ]);
  const { resource, change } = await openQueue(sandbox, 'everywhere');
  const isMine = (text: string) => text.includes(resource);
  // Eight times a topic is asked, then its alerts are put off.
  await faults({ operation: 'sns:Publish', text: resource, times: 16, answer: 'refused' });
  await putChange(change);

  const [event] = await bus.texts(1, 60_000, isMine);
  expect(JSON.parse(event ?? '')).toMatchObject({
    source: 'trustwatch',
    'detail-type': 'trustwatch Finding',
    detail: { schema: 'trustwatch.finding/1', resource },
  });
  const [told] = await topic.texts(1, 85_000, isMine);
  expect(JSON.parse(told ?? '')).toMatchObject({ schema: 'trustwatch.finding/1', status: 'new' });
  const [said] = await chat.texts(1, 85_000, isMine);
  expect(JSON.parse(said ?? '')).toMatchObject({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown' },
  });
  expect(await inSecurityHub(resource)).toMatchObject([
    { AwsAccountId: securityAccount, RecordState: 'ACTIVE', Resources: [{ Type: 'AwsSqsQueue' }] },
  ]);

  await topic.told(() => true);
  for (const inbox of [topic, chat, bus]) expect(await inbox.texts(0, 1_000, isMine)).toHaveLength(1);
});

test('of a storm the first twenty are told one by one and the others as one list', async () => {
  // Audits before this test may have made a storm of their own.
  await tellPile('storm');
  const topic = await subscribe('storm');
  const queues = await Promise.all(
    Array.from({ length: 25 }, (_, index) => openQueue(sandbox, `storm-${index}`, 'mallory')),
  );
  for (const { change } of queues) await putChange(change);
  const isMine = (text: string) => text.includes(`:storm-`);
  await topic.told(() => true);
  expect(await topic.texts(0, 1_000, isMine)).toHaveLength(20);

  expect(await tellPile('storm')).toEqual({ told: 1 });
  const texts = await topic.texts(21, 10_000, isMine);
  const lists = texts.map((text) => JSON.parse(text)).filter(({ reason }) => reason === 'storm');
  expect(lists).toMatchObject([{ schema: 'trustwatch.findings/1', total: 5, left: 0 }]);
  expect(await tellPile('storm')).toEqual({ told: 0 });
});

test('a change that does not show yet is looked at again, and told when it shows', async () => {
  const topic = await subscribe('later');
  await makeRole(sandbox, 'later', `arn:aws:iam::${sandbox}:root`);
  const change = await changeTrust(sandbox, 'later', '*');
  await changeTrust(sandbox, 'later', `arn:aws:iam::${sandbox}:root`);
  await putChange(change);
  const isMine = ({ resource }: { readonly resource?: string }) => resource === roleArn(sandbox, 'later');
  expect(await topic.told(isMine)).toEqual([]);
  await changeTrust(sandbox, 'later', '*');
  const [told] = await topic.take(1, 30_000, isMine);
  expect(told?.body).toMatchObject({ status: 'new', cause: { eventName: 'UpdateAssumeRolePolicy' } });
});

test('who switches a rule of trustwatch off is told of, once, as tampering', async () => {
  const topic = await subscribe('tampering');
  const actor = `arn:aws:sts::${securityAccount}:assumed-role/admin/mallory`;
  const change = {
    eventID: randomUUID(),
    eventSource: 'events.amazonaws.com',
    eventName: 'DisableRule',
    eventTime: new Date().toISOString(),
    awsRegion: region,
    recipientAccountId: securityAccount,
    userIdentity: { type: 'AssumedRole', arn: actor, accountId: securityAccount },
    requestParameters: { name: 'trustwatch-prod-OwnChanges1', eventBusName: 'default' },
    responseElements: null,
  };
  await putChange(change);
  await putChange(change);
  const told = await topic.told(({ type }) => type === 'tamper');
  expect(told).toMatchObject([
    { status: 'new', tampered: { part: 'event rule' }, cause: { actor: { principal: actor } } },
  ]);
});
