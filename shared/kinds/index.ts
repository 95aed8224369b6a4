import { acmPcaCertificateAuthority } from './acm-pca-certificate-authority.ts';
import { apigatewayRestApi } from './apigateway-rest-api.ts';
import { backupVault } from './backup-vault.ts';
import { codeartifactDomain } from './codeartifact-domain.ts';
import { codeartifactRepository } from './codeartifact-repository.ts';
import { codebuildProject } from './codebuild-project.ts';
import { codebuildReportGroup } from './codebuild-report-group.ts';
import { configAggregationAuthorization } from './config-aggregation-authorization.ts';
import { dsDirectory } from './ds-directory.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { ec2Image } from './ec2-image.ts';
import { ec2Snapshot } from './ec2-snapshot.ts';
import { ec2VpcEndpointService } from './ec2-vpc-endpoint-service.ts';
import { ecrPublicRepository } from './ecr-public-repository.ts';
import { ecrRegistry } from './ecr-registry.ts';
import { ecrRepository } from './ecr-repository.ts';
import { elasticfilesystemFileSystem } from './elasticfilesystem-file-system.ts';
import { esDomain } from './es-domain.ts';
import { eventsBus } from './events-bus.ts';
import { glueCatalog } from './glue-catalog.ts';
import { iamRole } from './iam-role.ts';
import { kafkaCluster } from './kafka-cluster.ts';
import type { Kind } from './kind.ts';
import { kinesisConsumer } from './kinesis-consumer.ts';
import { kinesisStream } from './kinesis-stream.ts';
import { kmsKey } from './kms-key.ts';
import { lakeformationPermissions } from './lakeformation-permissions.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaLayer } from './lambda-layer.ts';
import { logsDeliveryDestination } from './logs-delivery-destination.ts';
import { logsDestination } from './logs-destination.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { logsResourcePolicy } from './logs-resource-policy.ts';
import { oamLink } from './oam-link.ts';
import { oamSink } from './oam-sink.ts';
import { ramResourceShare } from './ram-resource-share.ts';
import { rdsClusterSnapshot } from './rds-cluster-snapshot.ts';
import { rdsDbSnapshot } from './rds-db-snapshot.ts';
import { redshiftDatashare } from './redshift-datashare.ts';
import { redshiftEndpointAuthorization } from './redshift-endpoint-authorization.ts';
import { redshiftNamespace } from './redshift-namespace.ts';
import { redshiftSnapshot } from './redshift-snapshot.ts';
import { s3AccessPoint } from './s3-access-point.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3MultiRegionAccessPoint } from './s3-multi-region-access-point.ts';
import { s3expressAccessPoint } from './s3express-access-point.ts';
import { s3expressDirectoryBucket } from './s3express-directory-bucket.ts';
import { s3tablesTableBucket } from './s3tables-table-bucket.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import { servicecatalogPortfolio } from './servicecatalog-portfolio.ts';
import { sesIdentity } from './ses-identity.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';
import { ssmDocument } from './ssm-document.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { vpcLatticeAuthPolicy } from './vpc-lattice-auth-policy.ts';
/** Every kind, sorted by id. */
export const kinds: readonly Kind[] = [
  acmPcaCertificateAuthority,
  apigatewayRestApi,
  backupVault,
  codeartifactDomain,
  codeartifactRepository,
  codebuildProject,
  codebuildReportGroup,
  configAggregationAuthorization,
  dsDirectory,
  dynamodbTable,
  ec2Image,
  ec2Snapshot,
  ec2VpcEndpointService,
  ecrPublicRepository,
  ecrRegistry,
  ecrRepository,
  elasticfilesystemFileSystem,
  esDomain,
  eventsBus,
  glueCatalog,
  iamRole,
  kafkaCluster,
  kinesisConsumer,
  kinesisStream,
  kmsKey,
  lakeformationPermissions,
  lambdaFunction,
  lambdaLayer,
  logsDeliveryDestination,
  logsDestination,
  logsLogGroup,
  logsResourcePolicy,
  oamLink,
  oamSink,
  ramResourceShare,
  rdsClusterSnapshot,
  rdsDbSnapshot,
  redshiftDatashare,
  redshiftEndpointAuthorization,
  redshiftNamespace,
  redshiftSnapshot,
  s3AccessPoint,
  s3Bucket,
  s3MultiRegionAccessPoint,
  s3expressAccessPoint,
  s3expressDirectoryBucket,
  s3tablesTableBucket,
  secretsmanagerSecret,
  servicecatalogPortfolio,
  sesIdentity,
  snsTopic,
  sqsQueue,
  ssmDocument,
  ssmParameter,
  vpcLatticeAuthPolicy,
];
