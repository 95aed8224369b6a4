import type { Publisher } from '../app/ports.ts';
import { findingMessage } from '../findings/message.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface TopicSettings {
  readonly topic: string;
  readonly region: string;
  readonly calls: CallSettings;
}

/** Sends each transition as one SNS message; its attributes serve filter policies. */
export function topicPublisher({ topic, region, calls }: TopicSettings): Publisher {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/sns.ts');
    return { sdk, client: new sdk.SNSClient({ ...calls, region }) };
  });
  return {
    async publish(transition) {
      const { subject, body, attributes } = findingMessage(transition);
      const { sdk, client } = await connect();
      await client.send(
        new sdk.PublishCommand({
          TopicArn: topic,
          Subject: subject,
          Message: body,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [
              name,
              { DataType: 'String', StringValue: value },
            ]),
          ),
        }),
      );
    },
  };
}
