import { randomUUID } from 'node:crypto';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, inject, test } from 'vitest';
import { type Body, subscribe } from './inbox.ts';
import { openMember } from './member.ts';
import { allow, stranger, strangers } from './plants.ts';
import { putChange } from './stack.ts';

const { payments, data } = inject('world').accounts;
const role = `arn:aws:iam::${payments}:role/neighbours`;
const actor = `arn:aws:sts::${payments}:assumed-role/admin/mallory`;

const isMine = ({ resource }: Body) => resource === role;

/** Sets the role's trust policy and returns the CloudTrail record of it. */
async function trust(AWS: string, eventTime: Date) {
  const policyDocument = allow({ Principal: { AWS }, Action: 'sts:AssumeRole' });
  const iam = (await openMember(payments))(IAMClient);
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: 'neighbours', PolicyDocument: policyDocument }),
  );
  return {
    eventVersion: '1.11',
    eventID: randomUUID(),
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    eventTime: eventTime.toISOString().replace(/\.\d+Z/, 'Z'),
    awsRegion: 'us-east-1',
    recipientAccountId: payments,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31',
    userIdentity: { type: 'AssumedRole', arn: actor, accountId: payments },
    requestParameters: { roleName: 'neighbours', policyDocument },
    responseElements: null,
  };
}

test('a change of trust ends as one message, though its event comes twice and once late', async () => {
  const inbox = await subscribe('change');
  const change = await trust(strangers.AWS, new Date());
  await putChange(change);
  await putChange(change);
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({
    status: 'new',
    type: 'access',
    resource: role,
    account: payments,
    grant: { outsider: { type: 'account', account: stranger } },
    cause: { by: 'change', actor: { principal: actor } },
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
  await expect(inbox.take(2, 8_000, isMine)).rejects.toThrow('not within');
});

test('the policy put right again ends as one message that it is resolved', async () => {
  const inbox = await subscribe('resolved');
  const change = await trust(`arn:aws:iam::${data}:root`, new Date());
  await putChange(change);
  const [message] = await inbox.take(1, 30_000, isMine);
  expect(message?.body).toMatchObject({ status: 'resolved', resource: role, cause: { by: 'change' } });
  await putChange(change);
  await expect(inbox.take(2, 5_000, isMine)).rejects.toThrow('not within');
});
