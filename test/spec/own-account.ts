import type { JudgedResource } from '../../shared/access/decision.ts';
import { accountOfArn } from './arn.ts';
import type { Statement } from './policy.ts';
import type { Request } from './request.ts';

/**
 * Actions that callers of other accounts cannot call, whomever the policy names, by kind.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
const closed: Readonly<Record<string, readonly RegExp[]>> = {
  'sqs:queue': [
    /^sqs:(Add|Remove)Permission$/i,
    /^sqs:(Create|Delete|Tag|Untag)Queue$/i,
    /^sqs:(SetQueueAttributes|ListQueueTags)$/i,
    /^sqs:((Cancel|Start)MessageMoveTask|ListMessageMoveTasks)$/i,
  ],
  'kms:key': [
    /^kms:(Create|Delete|Update)Alias$/i,
    /^kms:(Enable|Disable)Key(Rotation)?$/i,
    /^kms:(Schedule|Cancel)KeyDeletion$/i,
    /^kms:((Get|Put)KeyPolicy|ListKeyPolicies)$/i,
    /^kms:((Tag|Untag)Resource|ListResourceTags)$/i,
    /^kms:(GetParametersForImport|(Import|DeleteImported)KeyMaterial)$/i,
    /^kms:(RotateKeyOnDemand|ListKeyRotations|GetKeyLastUsage)$/i,
    /^kms:(ReplicateKey|UpdatePrimaryRegion|UpdateKeyDescription)$/i,
  ],
  's3:bucket': [/^s3:(Get|Put|Delete)BucketPolicy$/i],
  's3express:directory-bucket': [
    /^s3express:(Get|Put|Delete)BucketPolicy$/i,
    /^s3express:(Create|Delete)Bucket$/i,
    /^s3express:(Get|Put)(Encryption|Lifecycle|Metrics)Configuration$/i,
  ],
  'dynamodb:table': [
    /^dynamodb:PartiQL/i,
    /^dynamodb:(Get|Put|Delete)ResourcePolicy$/i,
    /^dynamodb:(Describe|Update)(TimeToLive|ContinuousBackups|ContributorInsights|TableReplicaAutoScaling)$/i,
    /^dynamodb:(Describe|Enable|Disable|Update)KinesisStreamingDestination$/i,
    /^dynamodb:(Create(Table|Backup|GlobalTable)|UpdateGlobalTable(Settings)?)$/i,
    /^dynamodb:((Restore|Export)TableToPointInTime|ImportTable|List(Ex|Im)ports)$/i,
  ],
  'backup:vault': [/^backup:(?!CopyIntoBackupVault$)/i],
};

/**
 * Whether an Allow can be meant for the caller at all. Of services AWS does not say it: one that the statement names is
 * taken to get in.
 */
export function isForCaller(
  { kind, owner }: JudgedResource,
  { action, principal }: Request,
  { principal: element = '*' }: Statement,
): boolean {
  if (closed[kind]?.some((pattern) => pattern.test(action)) !== true) return true;
  if (principal.type === 'Service')
    return element !== '*' && element.Service?.includes(principal.service) === true;
  return principal.type === 'AWS' && accountOfArn(principal.arn) === owner;
}
