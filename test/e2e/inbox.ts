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

/** A queue of its own that `service` may send to. */
export async function openInbox(name: string, service: string) {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:${region}:${securityAccount}:${name}`,
        Condition: { StringEquals: { 'aws:SourceAccount': securityAccount } },
      },
    ],
  });
  const sqs = new SQSClient(config);
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
  );

  const received: string[] = [];
  async function drain(WaitTimeSeconds: number): Promise<void> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
    );
    for (const { Body: body = '', ReceiptHandle } of Messages) {
      received.push(body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }

  return {
    /** Waits for the next message, for up to 20 seconds. */
    next: () => drain(20),

    /** What was received and `select` gives something for, once there is so much; more is an error that shows later. */
    async take<T>(count: number, withinMs: number, select: (body: string) => T | undefined) {
      return eventually(`${count} messages in ${name}`, withinMs, async () => {
        await drain(1);
        const mine = received.map(select).filter((each) => each !== undefined);
        return mine.length >= count ? mine : undefined;
      });
    },
  };
}

/** An inbox that subscribes to one of the stack's topics: gets what is published from now on. */
export async function subscribe(name: string, topic = 'FindingsTopicArn') {
  const inbox = await openInbox(name, 'sns.amazonaws.com');
  const TopicArn = inject('stack')[topic] ?? '';
  const Endpoint = `arn:aws:sqs:${region}:${securityAccount}:${name}`;
  await new SNSClient(config).send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return {
    next: inbox.next,
    /** The findings that the test is about. */
    take: (count: number, withinMs: number, isMine: (body: Body) => boolean) =>
      inbox.take(count, withinMs, (text) => {
        const received = JSON.parse(text) as Received;
        const body = JSON.parse(received.Message) as Body;
        return isMine(body) ? { ...received, body } : undefined;
      }),
    /** The messages as they are. */
    texts: (count: number, withinMs: number, isMine: (message: string) => boolean) =>
      inbox.take(count, withinMs, (text) => {
        const { Message } = JSON.parse(text) as Received;
        return isMine(Message) ? Message : undefined;
      }),
  };
}
