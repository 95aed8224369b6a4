/**
 * What AWS's services are like, as data. Where a list is silent the evaluator takes the wider answer.
 */

/** The action prefix of a kind's service, by the kind's first word. */
const actionPrefixes: Readonly<Record<string, string>> = {
  iam: 'sts',
  sqs: 'sqs',
  sns: 'sns',
  s3: 's3',
  kms: 'kms',
  lambda: 'lambda',
  secretsmanager: 'secretsmanager',
  ecr: 'ecr',
  dynamodb: 'dynamodb',
  events: 'events',
  apigateway: 'execute-api',
  backup: 'backup',
  codebuild: 'codebuild',
  elasticfilesystem: 'elasticfilesystem',
  es: 'es',
  glue: 'glue',
  kinesis: 'kinesis',
  logs: 'logs',
  s3express: 's3express',
  's3-object-lambda': 's3-object-lambda',
  s3tables: 's3tables',
  ses: 'ses',
  'vpc-lattice': 'vpc-lattice-svcs',
};

/** The prefix of the actions that a kind has; undefined when not known, and then every action is its own. */
export const actionPrefixOf = (kind: string): string | undefined => actionPrefixes[kind.split(':')[0] ?? ''];

/**
 * Actions that services take without a signature; all others need one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-resource-policies.html
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html
 * https://docs.aws.amazon.com/quicksight/latest/user/share-a-dashboard-grant-access-anyone-api.html
 */
export const unsignedActions: readonly RegExp[] = [
  /^(s3|sqs|sns|execute-api|mediastore|vpc-lattice-svcs):/i,
  /^es:ESHttp/i,
  /^elasticfilesystem:Client/i,
  /^rum:PutRumEvents$/i,
  /^cognito-identity:(GetCredentialsForIdentity|GetOpenIdToken)$/i,
  /^quicksight:(DescribeDashboard|ListDashboardVersions|QueryDashboard)$/i,
];

/**
 * The S3 actions that work on objects; their resource is an object's ARN. All others work on the bucket's ARN.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const objectActions: readonly RegExp[] = [
  /^s3:(Get|Put|Delete)Object/i,
  /^s3:(AbortMultipartUpload|ListMultipartUploadParts|RestoreObject|BypassGovernanceRetention)$/i,
  /^s3:(ObjectOwnerOverrideToBucketOwner|InitiateReplication|UpdateObjectEncryption)$/i,
  /^s3:Replicate(Object|Delete|Tags)$/i,
];

/** The S3 actions that work on the bucket. One that is in neither list is taken to fit both. (Same reference.) */
export const bucketActions: readonly RegExp[] = [
  /^s3:(List|Get|Put|Delete|Create)(Bucket|Lifecycle|Replication|Encryption|Accelerate|Analytics|Inventory|Metrics|IntelligentTiering)/i,
];

/** Actions of a whole account, which no resource's policy can give. Same reference, per service. */
export const accountActions: ReadonlySet<string> = new Set(
  [
    's3:ListAllMyBuckets',
    'sqs:ListQueues',
    'sns:ListTopics',
    'kms:CreateKey',
    'kms:ListKeys',
    'kms:ListAliases',
    'kms:GenerateRandom',
    'secretsmanager:ListSecrets',
    'ecr:GetAuthorizationToken',
    'lambda:ListFunctions',
    'dynamodb:ListTables',
    'events:ListEventBuses',
    'serverlessrepo:ListApplications',
  ].map((action) => action.toLowerCase()),
);

/**
 * The services that resource control policies reach, by action prefix, as of November 2026. Not among them:
 * sns, lambda, kinesis, glue, elasticfilesystem, backup, execute-api, ses, ssm, iam.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export const reachedByResourceControlPolicies: ReadonlySet<string> = new Set(
  `appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor cognito-identity cognito-idp
  comprehend comprehendmedical firehose dynamodb dax autoscaling ecr ecr-public gamelift inspector-scan kendra
  kinesisvideo memorydb aoss personalize polly s3 swf sqs textract timestream-influxdb transcribe translate
  workspaces appconfig autoscaling-plans budgets servicediscovery cloudtrail-data codeartifact codebuild
  codecommit codepipeline compute-optimizer cost-optimization-hub events fms fis health rolesanywhere kms
  opensearch pricing pca-connector-ad resource-groups secretsmanager sts signin support transfer notifications
  wafv2 xray`.split(/\s+/),
);
