import type { AccountId } from '../iam/arn.ts';
import type { KindEvents } from '../kinds/kind.ts';

/** What trustwatch's parts are called: everything of ours begins with one of these names. */
export interface OwnNames {
  /** Of the audit role, and of the rules and the queue beside it, in every account. */
  readonly auditRole: string;
  /** Of the stack in the security account, and of all that it is made of. */
  readonly stack: string;
  /** The security account. */
  readonly account: AccountId;
}

/** A sort of thing that trustwatch needs to see, and the calls after which it may not see any more. */
export interface OwnPart {
  /** In our words, as an alert names it. */
  readonly part: string;
  readonly source: string;
  readonly names: KindEvents['names'];
  /** Where the record names it, below `detail`: a text, or a list of texts. */
  readonly namedAt: readonly string[];
  /** It need not be one of ours: whoever stops it blinds us. */
  readonly anybodys?: true;
  /** There is one in every account, not in the security account alone. */
  readonly everywhere?: true;
}

const inRequest = (...names: readonly string[]) => names.map((name) => `requestParameters.${name}`);

/**
 * All of it: the event patterns of the members and of the stack are made from this list, and so is what counts as tampering.
 * Calls that only a part of ours could make harmful are there too: none tells whether it was meant to.
 */
export const ownParts: readonly OwnPart[] = [
  {
    part: 'role',
    source: 'iam.amazonaws.com',
    names: [
      'AttachRolePolicy',
      'DeleteRole',
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'UpdateAssumeRolePolicy',
    ],
    namedAt: inRequest('roleName'),
    everywhere: true,
  },
  {
    part: 'event rule',
    source: 'events.amazonaws.com',
    names: ['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'],
    namedAt: inRequest('name', 'rule'),
    everywhere: true,
  },
  {
    part: 'queue',
    source: 'sqs.amazonaws.com',
    names: ['AddPermission', 'DeleteQueue', 'PurgeQueue', 'RemovePermission', 'SetQueueAttributes'],
    namedAt: inRequest('queueUrl'),
    everywhere: true,
  },
  {
    part: 'trail',
    source: 'cloudtrail.amazonaws.com',
    names: ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
    namedAt: inRequest('name', 'trailName'),
    anybodys: true,
    everywhere: true,
  },
  {
    part: 'event bus',
    source: 'events.amazonaws.com',
    names: ['DeleteEventBus', 'PutPermission', 'RemovePermission', 'UpdateEventBus'],
    namedAt: inRequest('name', 'eventBusName'),
  },
  {
    part: 'table',
    source: 'dynamodb.amazonaws.com',
    names: [
      'DeleteResourcePolicy',
      'DeleteTable',
      'PutResourcePolicy',
      'UpdateContinuousBackups',
      'UpdateTable',
      'UpdateTimeToLive',
    ],
    namedAt: inRequest('tableName', 'resourceArn'),
  },
  {
    part: 'bucket',
    source: 's3.amazonaws.com',
    names: [
      'DeleteBucket',
      'DeleteBucketPolicy',
      'DeleteBucketPublicAccessBlock',
      'PutBucketAcl',
      'PutBucketLifecycle',
      'PutBucketPolicy',
      'PutBucketPublicAccessBlock',
      'PutBucketVersioning',
    ],
    namedAt: inRequest('bucketName'),
  },
  {
    part: 'topic',
    source: 'sns.amazonaws.com',
    names: [
      'AddPermission',
      'DeleteTopic',
      // It can keep messages back by what they hold.
      'PutDataProtectionPolicy',
      'RemovePermission',
      'SetTopicAttributes',
      'Subscribe',
    ],
    namedAt: inRequest('topicArn', 'resourceArn'),
  },
  {
    part: 'subscription',
    source: 'sns.amazonaws.com',
    names: ['SetSubscriptionAttributes', 'Unsubscribe'],
    namedAt: inRequest('subscriptionArn'),
  },
  {
    part: 'function',
    source: 'lambda.amazonaws.com',
    names: [
      'AddPermission',
      'DeleteFunction',
      'PutFunctionConcurrency',
      'RemovePermission',
      'UpdateFunction',
    ].map((prefix) => ({ prefix })),
    namedAt: inRequest('functionName'),
  },
  {
    part: 'event source of the function',
    source: 'lambda.amazonaws.com',
    names: [{ prefix: 'DeleteEventSourceMapping' }, { prefix: 'UpdateEventSourceMapping' }],
    namedAt: ['responseElements.functionArn'],
  },
  {
    part: 'state machine',
    source: 'states.amazonaws.com',
    names: ['DeleteStateMachine', 'UpdateStateMachine'],
    namedAt: inRequest('stateMachineArn'),
  },
  {
    part: 'audit',
    source: 'states.amazonaws.com',
    names: ['StopExecution'],
    namedAt: inRequest('executionArn'),
  },
  {
    part: 'schedule',
    source: 'scheduler.amazonaws.com',
    names: ['DeleteSchedule', 'UpdateSchedule'],
    namedAt: inRequest('name'),
  },
  {
    part: 'alarm',
    source: 'monitoring.amazonaws.com',
    names: ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm'],
    namedAt: inRequest('alarmNames', 'alarmName'),
  },
  {
    part: 'log',
    source: 'logs.amazonaws.com',
    names: ['DeleteLogGroup', 'DeleteLogStream', 'DeleteMetricFilter'],
    namedAt: inRequest('logGroupName'),
  },
];
