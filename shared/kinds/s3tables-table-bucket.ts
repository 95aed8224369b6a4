import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const bucketArn = arnFrom('s3tables', 'bucket/');

export const s3tablesTableBucket = defineKind({
  id: 's3tables:table-bucket',
  title: 'S3 table bucket',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html',
  reads: 'table bucket policy',
  permissions: ['s3tables:ListTableBuckets', 's3tables:GetTableBucketPolicy'],
  events: [
    {
      source: 's3tables.amazonaws.com',
      names: ['PutTableBucketPolicy', 'DeleteTableBucketPolicy', 'DeleteTableBucket'],
      resource: referenceAt('requestParameters.tableBucketARN'),
    },
  ],
  errors: { absent: ['NotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3tables');
    return { sdk, client: open(sdk.S3TablesClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListTableBuckets({ client, pageSize: 1000 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.tableBuckets)) if (arn) yield { arn };
  },

  ...knownBy(bucketArn),

  async policy({ sdk, client }, { arn }) {
    return opening(
      (await client.send(new sdk.GetTableBucketPolicyCommand({ tableBucketARN: arn }))).resourcePolicy,
    );
  },
});
