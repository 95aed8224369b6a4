import { paymentsProd } from './accounts.ts';
import { changedRole, changedTrust } from './planted.ts';

/** The change of the demo, as CloudTrail says it and EventBridge delivers it. */
export const changeEvent = {
  version: '0',
  id: '5b1e0a6c-3f0e-4c57-9f4e-0d5a6c7b8e9f',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  account: paymentsProd,
  time: '2026-05-12T09:41:07Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLEEXA:robin',
      arn: `arn:aws:sts::${paymentsProd}:assumed-role/AWSReservedSSO_PowerUser_0123456789abcdef/robin`,
      accountId: paymentsProd,
    },
    eventTime: '2026-05-12T09:41:05Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.27.0',
    requestParameters: { roleName: changedRole, policyDocument: JSON.stringify(changedTrust) },
    responseElements: null,
    eventID: '0e2a7c4d-9b1f-4e6a-8c3d-5f7a9b1c2d3e',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: paymentsProd,
    eventCategory: 'Management',
  },
} as const;
