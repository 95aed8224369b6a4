import { randomUUID } from 'node:crypto';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { config } from './clients.ts';
import { eventually, putChange } from './stack.ts';
import { makeRole, roleArn } from './trust-change.ts';

const counters = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** Waits until no change waits to be handled, those apart that are to be looked at later. */
async function everythingHandled(): Promise<void> {
  const sqs = new SQSClient(config);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'trustwatch-prod-changes' }));
  await eventually('a queue without changes', 60_000, async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counters] });
    const { Attributes } = await sqs.send(command);
    return counters.every((name) => Attributes?.[name] === '0') || undefined;
  });
}

/**
 * Waits until whatever was put before is handled, and makes one change more. The stream is told in its order: once
 * that change is told, whatever was settled before it has been. Returns the resource of that change.
 */
export async function markTheEnd(): Promise<string> {
  const { sandbox } = inject('world').accounts;
  await everythingHandled();
  const roleName = `end-${randomUUID()}`;
  await putChange(await makeRole(sandbox, roleName, '*'));
  return roleArn(sandbox, roleName);
}
