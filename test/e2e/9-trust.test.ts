import { beforeAll, expect, inject, test } from 'vitest';
import { securityAccount } from './clients.ts';
import { dayAhead, letDaysPass } from './clock.ts';
import { type Body, subscribe } from './inbox.ts';
import { openQueue } from './queue-change.ts';
import { audit, putChange, putTrust, startAnew, tellPile } from './stack.ts';
import { changeTrust, makeRole, roleArn } from './trust-change.ts';

const { payments, data, build } = inject('world').accounts;

const vendor = '888877776666';
const root = (account: string) => `arn:aws:iam::${account}:root`;
const externalId = (id: string) => ({ StringEquals: { 'sts:ExternalId': id } });

/** A vendor is expected to assume a role, with its external id, until a day. */
const expectation = (roleName: string, until: string) => ({
  outsider: { type: 'account', account: vendor },
  kind: 'iam:role',
  resource: roleArn(build, roleName),
  actions: ['sts:AssumeRole'],
  conditions: [{ key: 'sts:ExternalId', values: ['x-1'] }],
  owner: 'payments@acme.example',
  reason: 'reads our invoices',
  until,
});

const trust = {
  expected: [expectation('widens', '2099-12-31'), expectation('ends', dayAhead(1))],
  boundaries: [
    { name: 'production', reason: 'holds what matters', accounts: [payments], trusts: ['security'] },
    { name: 'security', reason: 'audits everything', accounts: [securityAccount] },
  ],
};

beforeAll(async () => {
  await putTrust(trust);
  await startAnew();
});

const about =
  (arn: string) =>
  ({ resource }: Body) =>
    resource === arn;

test('what is expected is no alert, and is one as soon as it is wider than expected', async () => {
  const inbox = await subscribe('widens');
  const isMine = about(roleArn(build, 'widens'));
  await putChange(await makeRole(build, 'widens', root(vendor), externalId('x-1')));
  expect(await inbox.told(isMine)).toEqual([]);

  await putChange(await changeTrust(build, 'widens', root(vendor)));
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({
    status: 'new',
    grant: { outsider: { type: 'account', account: vendor }, conditions: [] },
    newlyPossible: { droppedConditions: [{ key: 'sts:ExternalId', values: ['x-1'] }] },
  });

  await putChange(await changeTrust(build, 'widens', root(vendor), externalId('x-1')));
  expect(await inbox.told(isMine)).toMatchObject([{ status: 'new' }, { status: 'expected' }]);
});

test('production may be trusted by security, and to trust anybody else of the organization is a finding of its own', async () => {
  const inbox = await subscribe('crossing');
  const isMine = about(roleArn(payments, 'crossing'));
  await putChange(await makeRole(payments, 'crossing', root(securityAccount)));
  expect(await inbox.told(isMine)).toEqual([]);

  await putChange(await changeTrust(payments, 'crossing', root(data)));
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({
    status: 'new',
    boundary: 'production',
    grant: { outsider: { account: data } },
  });
  expect(message?.MessageAttributes).toMatchObject({ boundary: { Value: 'production' } });
});

test('what is less severe than the digest allows is told with it, once', async () => {
  const inbox = await subscribe('digest');
  const looking = { Principal: { AWS: root(data) }, Action: 'sqs:GetQueueAttributes' };
  const { resource, change } = await openQueue(payments, 'looked-at', 'eve', looking);
  await putChange(change);
  expect(await inbox.told(about(resource))).toEqual([]);

  const isMine = (text: string) => text.includes(resource);
  expect(await tellPile('digest')).toEqual({ told: 1 });
  const [list] = await inbox.texts(1, 10_000, isMine);
  expect(JSON.parse(list ?? '')).toMatchObject({ schema: 'trustwatch.findings/1', reason: 'digest' });
  expect(await tellPile('digest')).toEqual({ told: 0 });
});

test('an expectation that ends makes an alert of what it covered, though nothing has changed', async () => {
  const inbox = await subscribe('ends');
  const isMine = about(roleArn(build, 'ends'));
  await putChange(await makeRole(build, 'ends', root(vendor), externalId('x-1')));
  expect(await inbox.told(isMine)).toEqual([]);

  await letDaysPass(3);
  await audit('days-later', { accounts: [build], regions: ['us-east-1'], kinds: ['iam:role'] });
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({
    status: 'new',
    ended: { owner: 'payments@acme.example', until: dayAhead(1) },
    cause: { by: 'audit', audit: 'days-later' },
  });
});
