import type { TableSummary } from '@aws-sdk/client-s3tables';
import { unlessAbsent } from './absence.ts';
import { type ChangeDetail, defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { textAt } from './reference.ts';

const listed = (
  tableBucketARN: string,
  { tableARN: arn, namespace: [namespace] = [], name }: TableSummary,
) => (arn && namespace && name ? [{ arn, tableBucketARN, namespace, name }] : []);

/** `BUCKET-ARN/NAMESPACE/NAME`: events name a table so, its ARN has an id instead. */
function tableNamed(detail: ChangeDetail): string {
  const parts = ['tableBucketARN', 'namespace', 'name'].map((part) =>
    textAt(detail, `requestParameters.${part}`),
  );
  return parts.includes(undefined) ? 'every' : parts.join('/');
}

export const s3tablesTable = defineKind({
  id: 's3tables:table',
  title: 'S3 table',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-resource-based-policies.html',
  reads: 'table policy',
  permissions: ['s3tables:ListTableBuckets', 's3tables:ListTables', 's3tables:GetTablePolicy'],
  // A table that is deleted comes by its name too: the next audit sees that it is gone.
  events: [
    {
      source: 's3tables.amazonaws.com',
      names: ['PutTablePolicy', 'DeleteTablePolicy'],
      resource: tableNamed,
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3tables');
    return { sdk, client: open(sdk.S3TablesClient) };
  },

  async *list({ sdk, client }) {
    const buckets = sdk.paginateListTableBuckets({ client, pageSize: 1000 }, {});
    for await (const { arn: tableBucketARN } of itemsOf(buckets, (page) => page.tableBuckets)) {
      const tables = sdk.paginateListTables({ client, pageSize: 1000 }, { tableBucketARN });
      for await (const table of itemsOf(tables, (page) => page.tables))
        if (tableBucketARN) yield* listed(tableBucketARN, table);
    }
  },

  async find({ sdk, client }, _, reference) {
    const [name = '', namespace = '', ...bucket] = reference.split('/').reverse();
    const tableBucketARN = bucket.reverse().join('/');
    const request = { tableBucketARN, namespace, prefix: name };
    const tables = sdk.paginateListTables({ client, pageSize: 1000 }, request);
    for await (const table of itemsOf(tables, (page) => page.tables))
      if (table.name === name) return listed(tableBucketARN, table)[0];
    return undefined;
  },

  refersTo: (reference, arn) => reference === arn,

  async policy({ sdk, client }, { tableBucketARN, namespace, name }) {
    const command = new sdk.GetTablePolicyCommand({ tableBucketARN, namespace, name });
    return opening((await unlessAbsent(['NotFoundException'], client.send(command)))?.resourcePolicy);
  },
});
