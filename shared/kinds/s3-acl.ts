import type { Grant } from '@aws-sdk/client-s3';
import type { Place } from '../iam/place.ts';
import { anyAccount, type Recipient, type ShareStatement } from './share.ts';

const listing = ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
const bucketActions: Readonly<Record<string, readonly string[]>> = {
  READ: listing,
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
  FULL_CONTROL: [...listing, 's3:GetBucketAcl', 's3:PutBucketAcl'],
};
const objectActions: Readonly<Record<string, readonly string[]>> = {
  WRITE: ['s3:PutObject'],
  FULL_CONTROL: ['s3:PutObject'],
};

/** What delivers logs does so for who may change the ACL of the bucket: the account itself. */
const ownDelivery = (Service: string, account: string): Recipient => ({
  Principal: { Service },
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});

/**
 * The canonical users by which CloudFront delivers its older logs, in China by another.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
const cloudFrontDelivery = new Set([
  'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
  'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
]);

const userOf = (id: string, { account }: Place): Recipient =>
  cloudFrontDelivery.has(id)
    ? ownDelivery('delivery.logs.amazonaws.com', account)
    : { Principal: { CanonicalUser: id } };

/**
 * Whom the predefined groups hold. The log delivery group writes for buckets of the same account only; a group
 * that is not known is taken for every account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee
 */
function groupOf(uri: string, { account }: Place): Recipient {
  if (uri.endsWith('/global/AllUsers')) return { Principal: '*' };
  if (uri.endsWith('/global/AuthenticatedUsers'))
    return { ...anyAccount, Condition: { Null: { 'aws:PrincipalArn': 'false' } } };
  if (uri.endsWith('/s3/LogDelivery')) return ownDelivery('logging.s3.amazonaws.com', account);
  return anyAccount;
}

/** The statements that a bucket's ACL stands for, the owner's own left out. */
export function aclStatements(
  grants: readonly Grant[],
  owner: string | undefined,
  bucketArn: string,
  place: Place,
): readonly ShareStatement[] {
  return grants.flatMap(({ Grantee, Permission = '' }) => {
    if (Grantee === undefined || (Grantee.ID !== undefined && Grantee.ID === owner)) return [];
    const to = Grantee.ID === undefined ? groupOf(Grantee.URI ?? '', place) : userOf(Grantee.ID, place);
    return [
      { actions: bucketActions[Permission], Resource: bucketArn },
      { actions: objectActions[Permission], Resource: `${bucketArn}/*` },
    ].flatMap(({ actions, Resource }) =>
      actions === undefined ? [] : [{ Effect: 'Allow' as const, ...to, Action: actions, Resource }],
    );
  });
}
