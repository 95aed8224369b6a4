import { describe, expect, test } from 'vitest';
import { route } from '../../shared/catalog/route.ts';
import { kinds } from '../../shared/kinds/index.ts';

/** A record as CloudTrail writes it and EventBridge wraps it. */
const event = (detail: object, outer: object = {}) => ({
  version: '0',
  id: '3a7a4f6c-0000-4000-8000-000000000001',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  account: '111122223333',
  time: '2026-11-20T10:00:01Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:jo',
      arn: 'arn:aws:sts::111122223333:assumed-role/admin/jo',
      accountId: '111122223333',
    },
    eventTime: '2026-11-20T10:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.30',
    requestParameters: { roleName: 'ci', policyDocument: '{}' },
    responseElements: null,
    eventID: 'e0000000-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...detail,
  },
  ...outer,
});

/** Where a record leads: `KIND ACCOUNT/REGION REFERENCE`. */
function leads(sent: unknown): readonly string[] | string {
  const routed = route(kinds, sent);
  if (routed.type === 'malformed') return routed.error.message;
  if (routed.type === 'unclaimed') return `unclaimed ${routed.source} ${routed.name}`;
  return routed.targets.map(
    ({ kind, place, reference, everyRegion }) =>
      `${kind.id} ${place.partition} ${place.account}/${everyRegion ? '*' : place.region} ${reference}`,
  );
}

test.each([
  [event({}), ['iam:role aws 111122223333/us-east-1 ci']],
  [event({ awsRegion: 'us-gov-west-1' }), ['iam:role aws-us-gov 111122223333/us-gov-west-1 ci']],
  [event({ awsRegion: 'cn-northwest-1' }), ['iam:role aws-cn 111122223333/cn-north-1 ci']],
  [event({ recipientAccountId: '222222222222' }), ['iam:role aws 222222222222/us-east-1 ci']],
  [event({ recipientAccountId: undefined }), ['iam:role aws 111122223333/us-east-1 ci']],
  [event({ requestParameters: null }), ['iam:role aws 111122223333/us-east-1 every']],
  [event({ errorCode: 'AccessDenied' }), []],
  [event({ eventName: 'TagRole' }), 'unclaimed iam.amazonaws.com TagRole'],
  [event({ eventSource: 'unwatched.amazonaws.com' }), []],
  [
    event({
      eventSource: 'lambda.amazonaws.com',
      eventName: 'AddPermission20150331v2',
      awsRegion: 'eu-west-1',
      requestParameters: { functionName: 'shop' },
    }),
    ['lambda:function aws 111122223333/eu-west-1 shop'],
  ],
  [
    event({
      eventSource: 's3.amazonaws.com',
      eventName: 'PutAccountPublicAccessBlock',
      awsRegion: 'eu-west-1',
      requestParameters: { accountId: '111122223333' },
    }),
    [
      's3:access-point aws 111122223333/* every',
      's3:bucket aws 111122223333/* every',
      's3:multi-region-access-point aws 111122223333/us-east-1 every',
    ],
  ],
  [
    event({
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      requestParameters: {
        bucketName: 'acme-data',
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      },
    }),
    ['s3:bucket aws 111122223333/eu-central-1 acme-data'],
  ],
  [
    event({
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      requestParameters: {
        bucketName: 'acme-data',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1.evil.example/' },
      },
    }),
    ['s3:bucket aws 111122223333/us-east-1 acme-data'],
  ],
])('a record leads to the resources it speaks of (%#)', (sent, expected) => {
  expect(leads(sent)).toEqual(expected);
});

test('the cause says who, from where, when, and by which call', () => {
  expect(route(kinds, event({}))).toMatchObject({
    cause: {
      by: 'change',
      eventId: 'e0000000-0000-4000-8000-000000000001',
      eventName: 'UpdateAssumeRolePolicy',
      eventTime: '2026-11-20T10:00:00Z',
      actor: {
        principal: 'arn:aws:sts::111122223333:assumed-role/admin/jo',
        sourceAddress: '203.0.113.7',
        userAgent: 'aws-cli/2.30',
      },
    },
  });
});

describe('who made a change is told as well as the record can', () => {
  test.each([
    [{ type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' }, 'cloudformation.amazonaws.com'],
    [{ type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '222222222222' }, 'AIDAEXAMPLE'],
    [{ type: 'AWSAccount', accountId: '222222222222' }, '222222222222'],
    [{ type: 'Unknown' }, 'Unknown'],
    [null, 'unknown'],
    [{ arn: 'x'.repeat(5000) }, 'x'.repeat(512)],
  ])('%#', (userIdentity, principal) => {
    expect(route(kinds, event({ userIdentity }))).toMatchObject({ cause: { actor: { principal } } });
  });
});

test.each([
  [undefined, 'change event without an id: `the event` is missing or of the wrong type'],
  ['{}', 'change event without an id: `the event` is missing or of the wrong type'],
  [{ id: '\u001b[31m', account: '1' }, 'change event without an id: `account` is not well formed'],
  [
    event({}, { account: undefined }),
    'change event `e0000000-0000-4000-8000-000000000001`: `account` is missing',
  ],
  [event({ awsRegion: '../eu' }), '`detail.awsRegion` is not well formed'],
  [event({ eventTime: '2026-99-99T00:00:00Z' }), '`detail.eventTime` is not well formed'],
  [event({ eventName: undefined }), '`detail.eventName` is missing or of the wrong type'],
  [event({ recipientAccountId: '12345678901' }), '`detail.recipientAccountId` is not well formed'],
  [event({ requestParameters: 'text' }), '`detail.requestParameters` is missing or of the wrong type'],
])('a malformed event is named, with the field and the remedy (%#)', (sent, message) => {
  const said = leads(sent);
  expect(said).toContain(message);
  expect(said).toMatch(/; send CloudTrail records as EventBridge delivers them$/);
});
