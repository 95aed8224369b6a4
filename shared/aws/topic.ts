import type { Topic } from '../app/channels.ts';
import type { Message } from '../findings/message.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface TopicSettings {
  readonly topic: string;
  readonly region: string;
  readonly calls: CallSettings;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
const attributeOf = (value: Message['attributes'][string]) =>
  typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };

/**
 * JSON without the two characters that SQS, to which topics deliver, takes in no message: they have another spelling.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const deliverable = (json: string) =>
  json.replaceAll(/[\ufffe\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`);

/** An SNS topic; the attributes of messages serve filter policies. */
export function snsTopic({ topic, region, calls }: TopicSettings): Topic {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/sns.ts');
    return { sdk, client: new sdk.SNSClient({ ...calls, region }) };
  });
  return {
    async send({ subject, body, attributes }) {
      const { sdk, client } = await connect();
      await client.send(
        new sdk.PublishCommand({
          TopicArn: topic,
          Subject: subject,
          Message: deliverable(body),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]),
          ),
        }),
      );
    },
  };
}
