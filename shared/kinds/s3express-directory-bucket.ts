import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const bucketArn = arnFrom('s3express', 'bucket/');

export const s3expressDirectoryBucket = defineKind({
  id: 's3express:directory-bucket',
  title: 'S3 directory bucket',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam-example-bucket-policies.html',
  reads: 'bucket policy',
  permissions: ['s3express:ListAllMyDirectoryBuckets', 's3express:GetBucketPolicy'],
  events: [
    {
      source: 's3express.amazonaws.com',
      names: ['PutBucketPolicy', 'DeleteBucketPolicy', 'DeleteBucket'],
      resource: referenceAt('requestParameters.bucketName'),
    },
  ],
  errors: { absent: ['NoSuchBucketPolicy'], gone: ['NoSuchBucket'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, client: open(sdk.S3Client) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListDirectoryBuckets({ client, pageSize: 1000 }, {});
    for await (const { Name: name } of itemsOf(pages, (page) => page.Buckets)) {
      const arn = name && bucketArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(bucketArn),

  async policy({ sdk, client }, { arn }) {
    return opening(
      (await client.send(new sdk.GetBucketPolicyCommand({ Bucket: nameIn(arn, 'bucket/') }))).Policy,
    );
  },
});
