import { acmPcaCertificateAuthority } from './acm-pca-certificate-authority.ts';
import { apigatewayDomainName } from './apigateway-domain-name.ts';
import { apigatewayRestApi } from './apigateway-rest-api.ts';
import { appstreamImage } from './appstream-image.ts';
import { apsWorkspace } from './aps-workspace.ts';
import { backupVault } from './backup-vault.ts';
import { bedrockGuardrail } from './bedrock-guardrail.ts';
import { cloudtrailResourcePolicy } from './cloudtrail-resource-policy.ts';
import { codeartifactDomain } from './codeartifact-domain.ts';
import { codeartifactRepository } from './codeartifact-repository.ts';
import { codebuildProject } from './codebuild-project.ts';
import { codebuildReportGroup } from './codebuild-report-group.ts';
import { cognitoIdentityIdentityPool } from './cognito-identity-identity-pool.ts';
import { configAggregationAuthorization } from './config-aggregation-authorization.ts';
import { dsDirectory } from './ds-directory.ts';
import { dsqlCluster } from './dsql-cluster.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { ec2Image } from './ec2-image.ts';
import { ec2Snapshot } from './ec2-snapshot.ts';
import { ec2TransitGatewayAttachment } from './ec2-transit-gateway-attachment.ts';
import { ec2VpcEndpointService } from './ec2-vpc-endpoint-service.ts';
import { ec2VpcPeeringConnection } from './ec2-vpc-peering-connection.ts';
import { ecrPublicRepository } from './ecr-public-repository.ts';
import { ecrRegistry } from './ecr-registry.ts';
import { ecrRepository } from './ecr-repository.ts';
import { eksCluster } from './eks-cluster.ts';
import { elasticfilesystemFileSystem } from './elasticfilesystem-file-system.ts';
import { esDomain } from './es-domain.ts';
import { eventsBus } from './events-bus.ts';
import { glacierVault } from './glacier-vault.ts';
import { glueCatalog } from './glue-catalog.ts';
import { guarddutyDetector } from './guardduty-detector.ts';
import { iamRole } from './iam-role.ts';
import { kafkaCluster } from './kafka-cluster.ts';
import type { Kind } from './kind.ts';
import { kinesisConsumer } from './kinesis-consumer.ts';
import { kinesisStream } from './kinesis-stream.ts';
import { kmsKey } from './kms-key.ts';
import { lakeformationPermissions } from './lakeformation-permissions.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaLayer } from './lambda-layer.ts';
import { lexBot } from './lex-bot.ts';
import { logsDeliveryDestination } from './logs-delivery-destination.ts';
import { logsDestination } from './logs-destination.ts';
import { logsLogGroup } from './logs-log-group.ts';
import { logsResourcePolicy } from './logs-resource-policy.ts';
import { networkFirewallResourcePolicy } from './network-firewall-resource-policy.ts';
import { oamLink } from './oam-link.ts';
import { oamSink } from './oam-sink.ts';
import { organizationsResourcePolicy } from './organizations-resource-policy.ts';
import { quicksightDashboard } from './quicksight-dashboard.ts';
import { ramResourceShare } from './ram-resource-share.ts';
import { rdsClusterSnapshot } from './rds-cluster-snapshot.ts';
import { rdsDbSnapshot } from './rds-db-snapshot.ts';
import { redshiftDatashare } from './redshift-datashare.ts';
import { redshiftEndpointAuthorization } from './redshift-endpoint-authorization.ts';
import { redshiftNamespace } from './redshift-namespace.ts';
import { redshiftServerlessSnapshot } from './redshift-serverless-snapshot.ts';
import { redshiftSnapshot } from './redshift-snapshot.ts';
import { route53resolverResourcePolicy } from './route53resolver-resource-policy.ts';
import { rumAppMonitor } from './rum-app-monitor.ts';
import { s3AccessGrants } from './s3-access-grants.ts';
import { s3AccessPoint } from './s3-access-point.ts';
import { s3Bucket } from './s3-bucket.ts';
import { s3MultiRegionAccessPoint } from './s3-multi-region-access-point.ts';
import { s3ObjectLambdaAccessPoint } from './s3-object-lambda-access-point.ts';
import { s3expressAccessPoint } from './s3express-access-point.ts';
import { s3expressDirectoryBucket } from './s3express-directory-bucket.ts';
import { s3tablesTable } from './s3tables-table.ts';
import { s3tablesTableBucket } from './s3tables-table-bucket.ts';
import { s3vectorsVectorBucket } from './s3vectors-vector-bucket.ts';
import { sagemakerModelPackageGroup } from './sagemaker-model-package-group.ts';
import { schemasRegistry } from './schemas-registry.ts';
import { secretsmanagerSecret } from './secretsmanager-secret.ts';
import { securityhubHub } from './securityhub-hub.ts';
import { serverlessrepoApplication } from './serverlessrepo-application.ts';
import { servicecatalogPortfolio } from './servicecatalog-portfolio.ts';
import { sesIdentity } from './ses-identity.ts';
import { signerSigningProfile } from './signer-signing-profile.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';
import { ssmDocument } from './ssm-document.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { ssoApplication } from './sso-application.ts';
import { vpcLatticeAuthPolicy } from './vpc-lattice-auth-policy.ts';
import { vpcLatticeResourcePolicy } from './vpc-lattice-resource-policy.ts';
import { wafv2RuleGroup } from './wafv2-rule-group.ts';
import { workspacesConnectionAlias } from './workspaces-connection-alias.ts';
import { workspacesImage } from './workspaces-image.ts';
import { xrayResourcePolicy } from './xray-resource-policy.ts';

/** Every kind, sorted by id. */
export const kinds: readonly Kind[] = [
  acmPcaCertificateAuthority,
  apigatewayDomainName,
  apigatewayRestApi,
  appstreamImage,
  apsWorkspace,
  backupVault,
  bedrockGuardrail,
  cloudtrailResourcePolicy,
  codeartifactDomain,
  codeartifactRepository,
  codebuildProject,
  codebuildReportGroup,
  cognitoIdentityIdentityPool,
  configAggregationAuthorization,
  dsDirectory,
  dsqlCluster,
  dynamodbTable,
  ec2Image,
  ec2Snapshot,
  ec2TransitGatewayAttachment,
  ec2VpcEndpointService,
  ec2VpcPeeringConnection,
  ecrPublicRepository,
  ecrRegistry,
  ecrRepository,
  eksCluster,
  elasticfilesystemFileSystem,
  esDomain,
  eventsBus,
  glacierVault,
  glueCatalog,
  guarddutyDetector,
  iamRole,
  kafkaCluster,
  kinesisConsumer,
  kinesisStream,
  kmsKey,
  lakeformationPermissions,
  lambdaFunction,
  lambdaLayer,
  lexBot,
  logsDeliveryDestination,
  logsDestination,
  logsLogGroup,
  logsResourcePolicy,
  networkFirewallResourcePolicy,
  oamLink,
  oamSink,
  organizationsResourcePolicy,
  quicksightDashboard,
  ramResourceShare,
  rdsClusterSnapshot,
  rdsDbSnapshot,
  redshiftServerlessSnapshot,
  redshiftDatashare,
  redshiftEndpointAuthorization,
  redshiftNamespace,
  redshiftSnapshot,
  route53resolverResourcePolicy,
  rumAppMonitor,
  s3ObjectLambdaAccessPoint,
  s3AccessGrants,
  s3AccessPoint,
  s3Bucket,
  s3MultiRegionAccessPoint,
  s3expressAccessPoint,
  s3expressDirectoryBucket,
  s3tablesTable,
  s3tablesTableBucket,
  s3vectorsVectorBucket,
  sagemakerModelPackageGroup,
  schemasRegistry,
  secretsmanagerSecret,
  securityhubHub,
  serverlessrepoApplication,
  servicecatalogPortfolio,
  sesIdentity,
  signerSigningProfile,
  snsTopic,
  sqsQueue,
  ssmDocument,
  ssmParameter,
  ssoApplication,
  vpcLatticeAuthPolicy,
  vpcLatticeResourcePolicy,
  wafv2RuleGroup,
  workspacesConnectionAlias,
  workspacesImage,
  xrayResourcePolicy,
];
