import type { ChangeQueue } from '../app/ports.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface ChangeQueueSettings {
  readonly queue: string;
  readonly delaysSeconds: readonly number[];
  readonly region: string;
  readonly calls: CallSettings;
}

/** The queue that changes wait in, as one that sends to it. */
export function sqsChangeQueue({ queue, delaysSeconds, region, calls }: ChangeQueueSettings): ChangeQueue {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/sqs.ts');
    // The region's endpoint, as for every other call: not the host that the queue's URL happens to name.
    return { sdk, client: new sdk.SQSClient({ ...calls, region, useQueueUrlAsEndpoint: false }) };
  });
  return {
    delaysSeconds,
    async send(body, delaySeconds) {
      const { sdk, client } = await connect();
      await client.send(
        new sdk.SendMessageCommand({ QueueUrl: queue, MessageBody: body, DelaySeconds: delaySeconds }),
      );
    },
  };
}
