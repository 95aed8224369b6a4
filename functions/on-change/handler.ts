import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { onChange } from '../../shared/app/on-change.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

const ports = lambdaPorts(process.env);

/** Follows a batch of changes; the messages that failed come again, or end among the dead letters. */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const messages = Records.map(({ messageId, body }) => ({ id: messageId, body }));
  const { failed } = await onChange(ports, messages, () => context.getRemainingTimeInMillis());
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
