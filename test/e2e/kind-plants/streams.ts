import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as events from '@aws-sdk/client-eventbridge';
import * as kafka from '@aws-sdk/client-kafka';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as ses from '@aws-sdk/client-sesv2';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { type Plant, policy } from './plant.ts';

/** What flows: messages, events, streams, logs. */
export const streams: Readonly<Record<string, Plant>> = {
  async 'events:bus'(open) {
    const client = open(events.EventBridgeClient);
    for (const Name of ['private', 'shared']) await client.send(new events.CreateEventBusCommand({ Name }));
    const Policy = policy('events:PutEvents');
    await client.send(new events.PutPermissionCommand({ EventBusName: 'shared', Policy }));
    return 'event-bus/shared';
  },

  async 'kafka:cluster'(open) {
    const client = open(kafka.KafkaClient);
    const nodes = { InstanceType: 'kafka.m7g.large', ClientSubnets: ['subnet-1', 'subnet-2'] };
    const make = async (ClusterName: string) => {
      const provisioned = {
        BrokerNodeGroupInfo: nodes,
        KafkaVersion: '3.9.x',
        NumberOfBrokerNodes: 2,
      };
      const command = new kafka.CreateClusterV2Command({ ClusterName, Provisioned: provisioned });
      return (await client.send(command)).ClusterArn;
    };
    await make('private');
    const ClusterArn = await make('shared');
    const Policy = policy('kafka:CreateVpcConnection');
    await client.send(new kafka.PutClusterPolicyCommand({ ClusterArn, Policy }));
    return ClusterArn ?? '';
  },

  async 'kinesis:consumer'(open, { account, region }) {
    const client = open(kinesis.KinesisClient);
    await client.send(new kinesis.CreateStreamCommand({ StreamName: 'consumed', ShardCount: 1 }));
    const StreamARN = `arn:aws:kinesis:${region}:${account}:stream/consumed`;
    const register = async (ConsumerName: string) => {
      const command = new kinesis.RegisterStreamConsumerCommand({ StreamARN, ConsumerName });
      return (await client.send(command)).Consumer?.ConsumerARN ?? '';
    };
    await register('private');
    const ResourceARN = await register('shared');
    const Policy = policy('kinesis:SubscribeToShard', ResourceARN);
    await client.send(new kinesis.PutResourcePolicyCommand({ ResourceARN, Policy }));
    return ResourceARN;
  },

  async 'kinesis:stream'(open, { account, region }) {
    const client = open(kinesis.KinesisClient);
    for (const StreamName of ['private', 'shared'])
      await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const ResourceARN = `arn:aws:kinesis:${region}:${account}:stream/shared`;
    const Policy = policy('kinesis:GetRecords', ResourceARN);
    await client.send(new kinesis.PutResourcePolicyCommand({ ResourceARN, Policy }));
    return 'stream/shared';
  },

  async 'logs:delivery-destination'(open, { account, region }) {
    const client = open(logs.CloudWatchLogsClient);
    const destinationResourceArn = `arn:aws:logs:${region}:${account}:log-group:delivered`;
    await client.send(new logs.CreateLogGroupCommand({ logGroupName: 'delivered' }));
    const deliveryDestinationConfiguration = { destinationResourceArn };
    for (const name of ['private', 'shared'])
      await client.send(new logs.PutDeliveryDestinationCommand({ name, deliveryDestinationConfiguration }));
    const deliveryDestinationPolicy = policy('logs:CreateDelivery');
    const shared = { deliveryDestinationName: 'shared', deliveryDestinationPolicy };
    await client.send(new logs.PutDeliveryDestinationPolicyCommand(shared));
    return 'delivery-destination:shared';
  },

  async 'logs:destination'(open) {
    const client = open(logs.CloudWatchLogsClient);
    const target = { targetArn: 'arn:aws:kinesis:x', roleArn: 'arn:aws:iam::x:role/x' };
    for (const destinationName of ['private', 'shared'])
      await client.send(new logs.PutDestinationCommand({ destinationName, ...target }));
    const accessPolicy = policy('logs:PutSubscriptionFilter');
    await client.send(new logs.PutDestinationPolicyCommand({ destinationName: 'shared', accessPolicy }));
    return 'destination:shared';
  },

  async 'logs:log-group'(open, { account, region }) {
    const client = open(logs.CloudWatchLogsClient);
    for (const logGroupName of ['private', 'shared'])
      await client.send(new logs.CreateLogGroupCommand({ logGroupName }));
    const resourceArn = `arn:aws:logs:${region}:${account}:log-group:shared`;
    const policyDocument = policy('logs:PutLogEvents');
    await client.send(new logs.PutResourcePolicyCommand({ resourceArn, policyDocument }));
    return 'log-group:shared';
  },

  async 'logs:resource-policy'(open) {
    const policyDocument = policy('logs:PutLogEvents');
    await open(logs.CloudWatchLogsClient).send(
      new logs.PutResourcePolicyCommand({ policyName: 'shared', policyDocument }),
    );
    return 'log-group:*';
  },

  async 'ses:identity'(open) {
    const client = open(ses.SESv2Client);
    for (const EmailIdentity of ['private.example', 'shared.example'])
      await client.send(new ses.CreateEmailIdentityCommand({ EmailIdentity }));
    const Policy = policy('ses:SendEmail');
    const shared = { EmailIdentity: 'shared.example', PolicyName: 'shared', Policy };
    await client.send(new ses.CreateEmailIdentityPolicyCommand(shared));
    return 'identity/shared.example';
  },

  async 'sns:topic'(open) {
    const client = open(sns.SNSClient);
    await client.send(new sns.CreateTopicCommand({ Name: 'private' }));
    const Policy = policy('sns:Publish');
    await client.send(new sns.CreateTopicCommand({ Name: 'shared', Attributes: { Policy } }));
    return ':shared';
  },

  async 'sqs:queue'(open) {
    const client = open(sqs.SQSClient);
    await client.send(new sqs.CreateQueueCommand({ QueueName: 'private' }));
    const Policy = policy('sqs:SendMessage');
    await client.send(new sqs.CreateQueueCommand({ QueueName: 'shared', Attributes: { Policy } }));
    return ':shared';
  },
};
