import {
  CreateTableCommand,
  DynamoDBClient,
  PutResourcePolicyCommand as PutTablePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import { CreateEventBusCommand, EventBridgeClient, PutPermissionCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateGrantCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OpenClient } from '../../shared/kinds/kind.ts';
import { openMember } from './member.ts';
import type { World } from './world.ts';

/** A grant that an audit has to find: resource, and type of outsider. */
export interface Planted {
  readonly kind: string;
  readonly resource: string;
  readonly outsider: string;
}

/** An account that nobody here knows. */
export const stranger = '999988887777';

export const strangers = { AWS: `arn:aws:iam::${stranger}:root` };

/** A policy of one statement. */
export const allow = (statement: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

const assume = 'sts:AssumeRole';

/** `payments`: roles of every sort, and a queue that is open to all. */
async function payments(open: OpenClient, account: string, neighbour: string): Promise<Planted[]> {
  const iam = open(IAMClient);
  const role = async (RoleName: string, AssumeRolePolicyDocument: string) => {
    const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    return made.Role?.Arn ?? '';
  };
  const vendor = await role(
    'vendor',
    allow({ Principal: strangers, Action: assume, Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }),
  );
  const pipeline = await role(
    'pipeline',
    allow({
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
    }),
  );
  await role('neighbours', allow({ Principal: { AWS: `arn:aws:iam::${neighbour}:root` }, Action: assume }));
  await role('machines', allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: assume }));

  const resource = `arn:aws:sqs:eu-west-1:${account}:orders`;
  const Policy = allow({ Principal: '*', Action: 'sqs:SendMessage', Resource: resource });
  await open(SQSClient).send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { Policy } }));
  await open(SQSClient).send(new CreateQueueCommand({ QueueName: 'plain' }));
  return [
    { kind: 'iam:role', resource: vendor, outsider: 'account' },
    { kind: 'iam:role', resource: pipeline, outsider: 'federated' },
    { kind: 'sqs:queue', resource, outsider: 'anyone' },
  ];
}

/** `data`: a public bucket, a key with a grant, a table. */
async function data(open: OpenClient, account: string, neighbour: string): Promise<Planted[]> {
  const s3 = open(S3Client, { region: 'us-east-1' });
  const bucket = 'arn:aws:s3:::acme-public-data';
  await s3.send(new CreateBucketCommand({ Bucket: 'acme-public-data' }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'acme-public-data',
      Policy: allow({ Principal: '*', Action: 's3:GetObject', Resource: `${bucket}/*` }),
    }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: 'acme-shared-within' }));
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'acme-shared-within',
      Policy: allow({
        Principal: { AWS: `arn:aws:iam::${neighbour}:root` },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::acme-shared-within/*',
      }),
    }),
  );

  const kms = open(KMSClient);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'with a grant' }));
  await kms.send(
    new CreateGrantCommand({
      KeyId: KeyMetadata?.KeyId,
      GranteePrincipal: `arn:aws:iam::${stranger}:role/reader`,
      Operations: ['Decrypt'],
    }),
  );
  await kms.send(new CreateKeyCommand({ Description: 'without one' }));

  const table = `arn:aws:dynamodb:us-east-1:${account}:table/ledger`;
  const dynamodb = open(DynamoDBClient, { region: 'us-east-1' });
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'ledger',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await dynamodb.send(
    new PutTablePolicyCommand({
      ResourceArn: table,
      Policy: allow({ Principal: strangers, Action: 'dynamodb:GetItem', Resource: table }),
    }),
  );
  return [
    { kind: 's3:bucket', resource: bucket, outsider: 'anyone' },
    { kind: 'kms:key', resource: KeyMetadata?.Arn ?? '', outsider: 'account' },
    { kind: 'dynamodb:table', resource: table, outsider: 'account' },
  ];
}

/** `build`: an image repository and a secret. */
async function build(open: OpenClient, account: string): Promise<Planted[]> {
  const ecr = open(ECRClient, { region: 'us-east-1' });
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'images' }));
  await ecr.send(
    new SetRepositoryPolicyCommand({
      repositoryName: 'images',
      policyText: allow({ Principal: strangers, Action: 'ecr:BatchGetImage' }),
    }),
  );
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'private' }));

  const secrets = open(SecretsManagerClient);
  const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: 'token', SecretString: 'unread' }));
  await secrets.send(
    new PutResourcePolicyCommand({
      SecretId: ARN,
      ResourcePolicy: allow({ Principal: strangers, Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
    }),
  );
  return [
    {
      kind: 'ecr:repository',
      resource: `arn:aws:ecr:us-east-1:${account}:repository/images`,
      outsider: 'account',
    },
    { kind: 'secretsmanager:secret', resource: ARN, outsider: 'account' },
  ];
}

/** `sandbox`: a topic and a bus. */
async function sandbox(open: OpenClient, account: string): Promise<Planted[]> {
  const sns = open(SNSClient);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  await sns.send(
    new SetTopicAttributesCommand({
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue: allow({ Principal: { AWS: '*' }, Action: 'sns:Subscribe', Resource: TopicArn }),
    }),
  );
  await sns.send(new CreateTopicCommand({ Name: 'quiet' }));

  const events = open(EventBridgeClient, { region: 'us-east-1' });
  await events.send(new CreateEventBusCommand({ Name: 'partners' }));
  await events.send(
    new PutPermissionCommand({
      EventBusName: 'partners',
      StatementId: 'partner',
      Action: 'events:PutEvents',
      Principal: stranger,
    }),
  );
  return [
    { kind: 'sns:topic', resource: TopicArn, outsider: 'anyone' },
    {
      kind: 'events:bus',
      resource: `arn:aws:events:us-east-1:${account}:event-bus/partners`,
      outsider: 'account',
    },
  ];
}

/** Plants all of it. */
export async function plants(accounts: World['accounts']): Promise<readonly Planted[]> {
  const member = async (name: keyof World['accounts']) => openMember(accounts[name]);
  return [
    ...(await payments(await member('payments'), accounts.payments, accounts.data)),
    ...(await data(await member('data'), accounts.data, accounts.build)),
    ...(await build(await member('build'), accounts.build)),
    ...(await sandbox(await member('sandbox'), accounts.sandbox)),
  ];
}
