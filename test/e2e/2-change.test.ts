import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { type Body, subscribe } from './inbox.ts';
import { stranger, strangers } from './plants.ts';
import { putChange } from './stack.ts';
import { actorOf, changeTrust, roleArn } from './trust-change.ts';

const { payments, data } = inject('world').accounts;
const role = roleArn(payments, 'neighbours');

const isMine = ({ resource }: Body) => resource === role;

test('a change of trust ends as one message, though its event comes twice and once late', async () => {
  const inbox = await subscribe('change');
  const change = await changeTrust(payments, 'neighbours', strangers.AWS);
  await putChange(change);
  await putChange(change);
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({
    status: 'new',
    type: 'access',
    resource: role,
    account: payments,
    grant: { outsider: { type: 'account', account: stranger } },
    cause: { by: 'change', actor: { principal: actorOf(payments, 'neighbours') } },
  });
  expect(message?.MessageAttributes).toMatchObject({
    status: { Value: 'new' },
    kind: { Value: 'iam:role' },
    account: { Value: payments },
    outsiderType: { Value: 'account' },
  });

  // An event from before, late: the live state decides, and it is the same.
  await putChange({
    ...change,
    eventID: randomUUID(),
    eventTime: new Date(Date.now() - 600_000).toISOString(),
  });
  expect(await inbox.told(isMine)).toHaveLength(1);
});

test('the policy put right again ends as one message that it is resolved', async () => {
  const inbox = await subscribe('resolved');
  const change = await changeTrust(payments, 'neighbours', `arn:aws:iam::${data}:root`);
  await putChange(change);
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({ status: 'resolved', resource: role, cause: { by: 'change' } });
  await putChange(change);
  expect(await inbox.told(isMine)).toHaveLength(1);
});
