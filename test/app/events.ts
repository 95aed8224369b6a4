let events = 0;

/** A CloudTrail record as EventBridge delivers it to the queue. */
export function event(eventSource: string, eventName: string, requestParameters: object, account: string) {
  events += 1;
  const detail = {
    eventVersion: '1.10',
    eventID: `00000000-0000-4000-8000-${String(events).padStart(12, '0')}`,
    eventSource,
    eventName,
    eventTime: '2026-01-01T00:00:00Z',
    awsRegion: 'us-east-1',
    recipientAccountId: account,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2',
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/admin/eve` },
    requestParameters,
    responseElements: null,
  };
  const body = {
    version: '0',
    id: `11111111-0000-4000-8000-${String(events).padStart(12, '0')}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account,
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    detail,
  };
  return { id: `message-${events}`, body: JSON.stringify(body) };
}

/** Someone changed whom a role trusts. */
export const roleChanged = (role: string, account: string) =>
  event('iam.amazonaws.com', 'UpdateAssumeRolePolicy', { roleName: role }, account);

/** Someone changed a queue's policy. */
export const queueChanged = (name: string, account: string) =>
  event(
    'sqs.amazonaws.com',
    'SetQueueAttributes',
    { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/${name}` },
    account,
  );
