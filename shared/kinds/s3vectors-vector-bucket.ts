import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const bucketArn = arnFrom('s3vectors', 'bucket/');

export const s3vectorsVectorBucket = defineKind({
  id: 's3vectors:vector-bucket',
  title: 'S3 vector bucket',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-access-management.html',
  reads: 'vector bucket policy',
  permissions: ['s3vectors:ListVectorBuckets', 's3vectors:GetVectorBucketPolicy'],
  events: [
    {
      source: 's3vectors.amazonaws.com',
      names: ['PutVectorBucketPolicy', 'DeleteVectorBucketPolicy', 'DeleteVectorBucket'],
      resource: referenceAt('requestParameters.vectorBucketArn', 'requestParameters.vectorBucketName'),
    },
  ],
  errors: { absent: ['NotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3vectors');
    return { sdk, client: open(sdk.S3VectorsClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListVectorBuckets({ client, pageSize: 500 }, {});
    for await (const { vectorBucketArn: arn } of itemsOf(pages, (page) => page.vectorBuckets))
      if (arn) yield { arn };
  },

  ...knownBy(bucketArn),

  async policy({ sdk, client }, { arn: vectorBucketArn }) {
    return opening((await client.send(new sdk.GetVectorBucketPolicyCommand({ vectorBucketArn }))).policy);
  },
});
