import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { region } from './clients.ts';
import { openMember } from './member.ts';
import { allow } from './plants.ts';

/** Whom a statement lets in, and what for. */
export interface Opening {
  readonly Principal: unknown;
  readonly Action: string;
}

const toAll: Opening = { Principal: '*', Action: 'sqs:SendMessage' };

/** Makes a queue that lets somebody in, and returns its ARN and the CloudTrail record of it. */
export async function openQueue(account: string, name: string, user = 'eve', opening = toAll) {
  const sqs = (await openMember(account))(SQSClient);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const resource = `arn:aws:sqs:${region}:${account}:${name}`;
  const Policy = allow({ ...opening, Resource: resource });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const change = {
    eventID: randomUUID(),
    eventSource: 'sqs.amazonaws.com',
    eventName: 'SetQueueAttributes',
    eventTime: new Date().toISOString(),
    awsRegion: region,
    recipientAccountId: account,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/${user}` },
    requestParameters: { queueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}` },
    responseElements: null,
  };
  return { resource, change };
}
