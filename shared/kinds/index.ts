import { apigatewayRestApi } from './apigateway-rest-api.ts';
import { backupVault } from './backup-vault.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { ec2Image } from './ec2-image.ts';
import { ec2Snapshot } from './ec2-snapshot.ts';
import { ecrRepository } from './ecr-repository.ts';
import { elasticfilesystemFileSystem } from './elasticfilesystem-file-system.ts';
import { esDomain } from './es-domain.ts';
import { eventsBus } from './events-bus.ts';
import { glueCatalog } from './glue-catalog.ts';
import { iamRole } from './iam-role.ts';
import type { Kind } from './kind.ts';
import { kmsKey } from './kms-key.ts';
import { lambdaFunction } from './lambda-function.ts';
import { logsResourcePolicy } from './logs-resource-policy.ts';
import { ramResourceShare } from './ram-resource-share.ts';
import { rdsClusterSnapshot } from './rds-cluster-snapshot.ts';
import { rdsDbSnapshot } from './rds-db-snapshot.ts';
import { s3AccessPoint } from './s3-access-point.ts';
import { s3Bucket } from './s3-bucket.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';
import { ssmDocument } from './ssm-document.ts';

/** Every kind, sorted by id. */
export const kinds: readonly Kind[] = [
  apigatewayRestApi,
  backupVault,
  dynamodbTable,
  ec2Image,
  ec2Snapshot,
  ecrRepository,
  elasticfilesystemFileSystem,
  esDomain,
  eventsBus,
  glueCatalog,
  iamRole,
  kmsKey,
  lambdaFunction,
  logsResourcePolicy,
  ramResourceShare,
  rdsClusterSnapshot,
  rdsDbSnapshot,
  s3AccessPoint,
  s3Bucket,
  secretsmanagerSecret,
  snsTopic,
  sqsQueue,
  ssmDocument,
];
