import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { openMember } from './member.ts';
import { allow } from './plants.ts';

/** Who changes the trust of a role: of each somebody else, for many changes of one principal are told as a list. */
export const actorOf = (account: string, roleName: string) =>
  `arn:aws:sts::${account}:assumed-role/admin/${roleName}`;

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

const trustIn = (AWS: string, Condition?: Condition) =>
  allow({ Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });

export const roleArn = (account: string, roleName: string) => `arn:aws:iam::${account}:role/${roleName}`;

/** What CloudTrail writes of a change of a role's trust. */
function recordOf(
  eventName: string,
  account: string,
  requestParameters: Readonly<Record<string, string>> & { readonly roleName: string },
) {
  return {
    eventVersion: '1.11',
    eventID: randomUUID(),
    eventSource: 'iam.amazonaws.com',
    eventName,
    eventTime: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
    awsRegion: 'us-east-1',
    recipientAccountId: account,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31',
    userIdentity: {
      type: 'AssumedRole',
      arn: actorOf(account, requestParameters.roleName),
      accountId: account,
    },
    requestParameters,
    responseElements: null,
  };
}

/** Makes a role that a principal may assume, and returns the CloudTrail record of that. */
export async function makeRole(account: string, roleName: string, AWS: string, condition?: Condition) {
  const assumeRolePolicyDocument = trustIn(AWS, condition);
  const iam = (await openMember(account))(IAMClient);
  await iam.send(
    new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: assumeRolePolicyDocument }),
  );
  return recordOf('CreateRole', account, { roleName, assumeRolePolicyDocument });
}

/** Lets a principal, and nobody else, assume a role, and returns the CloudTrail record of that. */
export async function changeTrust(account: string, roleName: string, AWS: string, condition?: Condition) {
  const policyDocument = trustIn(AWS, condition);
  const iam = (await openMember(account))(IAMClient);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: policyDocument }));
  return recordOf('UpdateAssumeRolePolicy', account, { roleName, policyDocument });
}
