import { dynamodbTable } from './dynamodb-table.ts';
import { ecrRepository } from './ecr-repository.ts';
import { eventsBus } from './events-bus.ts';
import { iamRole } from './iam-role.ts';
import type { Kind } from './kind.ts';
import { kmsKey } from './kms-key.ts';
import { lambdaFunction } from './lambda-function.ts';
import { s3Bucket } from './s3-bucket.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';

/** Every kind, sorted by id. */
export const kinds: readonly Kind[] = [
  dynamodbTable,
  ecrRepository,
  eventsBus,
  iamRole,
  kmsKey,
  lambdaFunction,
  s3Bucket,
  secretsmanagerSecret,
  snsTopic,
  sqsQueue,
];
