import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { config, region, securityAccount } from './clients.ts';
import { markTheEnd } from './everything-told.ts';
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
  readonly region?: string;
  readonly resource?: string;
  readonly grant?: { readonly outsider: { readonly type: string; readonly account?: string } };
  readonly unread?: { readonly reason: string };
  readonly unannounced?: boolean;
  readonly departed?: boolean;
  readonly cause: {
    readonly by: string;
    readonly audit?: string;
    readonly actor?: { readonly principal: string };
  };
  /** Of a list. */
  readonly findings?: readonly Body[];
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
    /** What comes next, waited for up to a second. */
    async next(): Promise<readonly string[]> {
      const known = received.length;
      await drain(1);
      return received.slice(known);
    },

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

type IsMine = (body: Body) => boolean;

const selecting = (isMine: IsMine) => (text: string) => {
  const received = JSON.parse(text) as Received;
  const body = JSON.parse(received.Message) as Body;
  return isMine(body) ? { ...received, body } : undefined;
};

/** An inbox that subscribes to one of the stack's topics: gets what is published from now on. */
export async function subscribe(name: string, topic = 'FindingsTopicArn') {
  const inbox = await openInbox(name, 'sns.amazonaws.com');
  const TopicArn = inject('stack')[topic] ?? '';
  const Endpoint = `arn:aws:sqs:${region}:${securityAccount}:${name}`;
  await new SNSClient(config).send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return {
    /** The findings that are told next, waited for up to a second. */
    nextBodies: async () => (await inbox.next()).map((text) => JSON.parse(JSON.parse(text).Message) as Body),
    /** The findings that the test is about. */
    take: (count: number, withinMs: number, isMine: IsMine) => inbox.take(count, withinMs, selecting(isMine)),
    /** All that is told of the findings that the test is about, once whatever was put before is told. */
    async told(isMine: IsMine) {
      const end = await markTheEnd();
      await inbox.take(
        1,
        60_000,
        selecting(({ resource }) => resource === end),
      );
      return (await inbox.take(0, 1_000, selecting(isMine))).map(({ body }) => body);
    },
    /** The messages as they are. */
    texts: (count: number, withinMs: number, isMine: (message: string) => boolean) =>
      inbox.take(count, withinMs, (text) => {
        const { Message } = JSON.parse(text) as Received;
        return isMine(Message) ? Message : undefined;
      }),
  };
}
