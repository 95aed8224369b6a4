import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { publish } from '../../shared/app/publish.ts';
import { changesOf } from '../../shared/aws/table-stream.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

const ports = lambdaPorts(process.env);

/** Publishes what the table's stream tells; after a failure the stream comes again from there. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { failedSequence } = await publish(ports, changesOf(event));
  return { batchItemFailures: failedSequence === undefined ? [] : [{ itemIdentifier: failedSequence }] };
}
