import { randomUUID } from 'node:crypto';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { openMember } from './member.ts';
import { allow } from './plants.ts';

/** Who changes trust in the tests. */
export const actorOf = (account: string) => `arn:aws:sts::${account}:assumed-role/admin/mallory`;

/** Lets a principal assume a role, and returns the CloudTrail record of that. */
export async function changeTrust(account: string, roleName: string, AWS: string) {
  const policyDocument = allow({ Principal: { AWS }, Action: 'sts:AssumeRole' });
  const iam = (await openMember(account))(IAMClient);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: policyDocument }));
  return {
    eventVersion: '1.11',
    eventID: randomUUID(),
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    eventTime: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
    awsRegion: 'us-east-1',
    recipientAccountId: account,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31',
    userIdentity: { type: 'AssumedRole', arn: actorOf(account), accountId: account },
    requestParameters: { roleName, policyDocument },
    responseElements: null,
  };
}
