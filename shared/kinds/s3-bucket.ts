import { formatArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { unlessAbsent } from './absence.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { referenceAt, textAt } from './reference.ts';
import { aclStatements } from './s3-acl.ts';
import { combinedBlock, noBlock, readAccountBlock } from './s3-public-access.ts';
import { sharePolicy } from './share.ts';

const bucketArn = (name: string, { partition }: Place) =>
  formatArn({ partition, service: 's3', region: '', account: '', resource: name });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
const regionOf = (location: string | undefined) =>
  location === 'EU' ? 'eu-west-1' : location || 'us-east-1';

export const s3Bucket = defineKind({
  id: 's3:bucket',
  title: 'S3 bucket',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-management.html',
  reads: 'bucket policy, ACL and ownership, block public access of bucket and account',
  permissions: [
    's3:ListAllMyBuckets',
    's3:GetBucketLocation',
    's3:GetBucketPolicy',
    's3:GetBucketAcl',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPublicAccessBlock',
    's3:GetAccountPublicAccessBlock',
  ],
  events: [
    {
      source: 's3.amazonaws.com',
      names: [
        'CreateBucket',
        'PutBucketPolicy',
        'DeleteBucketPolicy',
        'PutBucketAcl',
        'PutBucketOwnershipControls',
        'DeleteBucketOwnershipControls',
        'PutBucketPublicAccessBlock',
        'DeleteBucketPublicAccessBlock',
        'DeleteBucket',
      ],
      resource: referenceAt('requestParameters.bucketName'),
      region(detail) {
        const location = textAt(detail, 'requestParameters.CreateBucketConfiguration.LocationConstraint');
        return location && regionOf(location);
      },
    },
    {
      source: 's3.amazonaws.com',
      names: [
        'PutAccountPublicAccessBlock',
        'DeleteAccountPublicAccessBlock',
        'PutPublicAccessBlock',
        'DeletePublicAccessBlock',
      ],
      resource: () => 'every',
      everyRegion: true,
    },
  ],
  errors: { absent: [], gone: ['NoSuchBucket'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open, { account }) {
    const [sdk, control] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/client-s3-control'),
    ]);
    const accountBlock = readAccountBlock(control, open(control.S3ControlClient), account);
    return { sdk, client: open(sdk.S3Client), accountBlock };
  },

  // Not every implementation heeds the region asked for, or answers with the bucket's.
  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListBuckets({ client, pageSize: 1000 }, { BucketRegion: place.region });
    const locate = async (name: string) => {
      const location = client.send(new sdk.GetBucketLocationCommand({ Bucket: name }));
      const answer = await unlessAbsent(['NoSuchBucket'], location);
      return answer && regionOf(answer.LocationConstraint);
    };
    for await (const { Name: name, BucketRegion } of itemsOf(pages, (page) => page.Buckets))
      if (name && (BucketRegion ?? (await locate(name))) === place.region)
        yield { arn: bucketArn(name, place), name };
  },

  async find({ sdk, client }, place, name) {
    const command = new sdk.GetBucketLocationCommand({ Bucket: name, ExpectedBucketOwner: place.account });
    const { LocationConstraint } = await client.send(command);
    return regionOf(LocationConstraint) === place.region ? { arn: bucketArn(name, place), name } : undefined;
  },

  refersTo: (name, arn, place) => bucketArn(name, place) === arn,

  // Names are free again when a bucket is deleted: the expected owner keeps another account's bucket out.
  async policy({ sdk, client, accountBlock }, { arn, name }, place) {
    const bucket = { Bucket: name, ExpectedBucketOwner: place.account };
    const [policy, acl] = await Promise.all([
      unlessAbsent(['NoSuchBucketPolicy'], client.send(new sdk.GetBucketPolicyCommand(bucket))),
      client.send(new sdk.GetBucketAclCommand(bucket)),
    ]);
    const statements = aclStatements(acl.Grants ?? [], acl.Owner?.ID, arn, place);
    const areAclsDisabled = async () => {
      const command = new sdk.GetBucketOwnershipControlsCommand(bucket);
      const answer = await unlessAbsent(['OwnershipControlsNotFoundError'], client.send(command));
      return answer?.OwnershipControls?.Rules?.some((rule) => rule.ObjectOwnership === 'BucketOwnerEnforced');
    };
    const policies = [
      ...(policy?.Policy ? [{ name: 'policy', text: policy.Policy }] : []),
      ...(statements.length > 0 && !(await areAclsDisabled()) ? [sharePolicy('acl', statements)] : []),
    ];
    if (policies.length === 0) return undefined;
    const [ofBucket, ofAccount] = await Promise.all([
      unlessAbsent(noBlock, client.send(new sdk.GetPublicAccessBlockCommand(bucket))),
      accountBlock(),
    ]);
    return {
      policies,
      blockPublicAccess: combinedBlock(ofBucket?.PublicAccessBlockConfiguration, ofAccount),
    };
  },
});
