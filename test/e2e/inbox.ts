import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { config, region, securityAccount } from './clients.ts';
import { eventually } from './stack.ts';

/** A message of the topic as a subscribed queue gets it. */
export interface Received {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
}

/** The body of a message, as far as the tests read it. */
export interface Body {
  readonly status: string;
  readonly type: string;
  readonly account: string;
  readonly resource?: string;
  readonly grant?: { readonly outsider: { readonly type: string; readonly account?: string } };
  readonly unread?: { readonly reason: string };
  readonly cause: { readonly by: string; readonly actor?: { readonly principal: string } };
}

/** A queue of its own that subscribes to the topic of findings: gets what is published from now on. */
export async function subscribe(name: string) {
  const TopicArn = inject('stack').FindingsTopicArn ?? '';
  const Endpoint = `arn:aws:sqs:${region}:${securityAccount}:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Endpoint,
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    ],
  });
  const sqs = new SQSClient(config);
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
  );
  await new SNSClient(config).send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));

  const received: Received[] = [];
  async function drain(WaitTimeSeconds: number): Promise<void> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
    );
    for (const { Body: body = '', ReceiptHandle } of Messages) {
      received.push(JSON.parse(body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }

  return {
    /** Waits for the next message, for up to 20 seconds. */
    next: () => drain(20),

    /** The messages that the test is about, once there are so many; more of them are an error that shows later. */
    async take(
      count: number,
      withinMs: number,
      isMine: (body: Body) => boolean,
    ): Promise<readonly (Received & { body: Body })[]> {
      return eventually(`${count} messages in ${name}`, withinMs, async () => {
        await drain(1);
        const mine = received
          .map((message) => ({ ...message, body: JSON.parse(message.Message) as Body }))
          .filter(({ body }) => isMine(body));
        return mine.length >= count ? mine : undefined;
      });
    },
  };
}
