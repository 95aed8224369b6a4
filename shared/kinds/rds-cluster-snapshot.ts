import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const snapshotArn = arnFrom('rds', 'cluster-snapshot:');

export const rdsClusterSnapshot = defineKind({
  id: 'rds:cluster-snapshot',
  title: 'Aurora, Neptune or DocumentDB cluster snapshot',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
  reads: 'accounts that may restore it',
  permissions: ['rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterSnapshotAttributes'],
  events: [
    {
      source: 'rds.amazonaws.com',
      names: ['ModifyDBClusterSnapshotAttribute', 'DeleteDBClusterSnapshot'],
      resource: referenceAt('requestParameters.dBClusterSnapshotIdentifier'),
    },
  ],
  errors: {
    absent: [],
    gone: ['DBClusterSnapshotNotFound', 'DBClusterSnapshotNotFoundFault'],
    notUsable: [],
  },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-rds');
    return { sdk, client: open(sdk.RDSClient) };
  },

  // Automated ones cannot be shared.
  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeDBClusterSnapshots(
      { client, pageSize: 100 },
      { SnapshotType: 'manual' },
    );
    for await (const { DBClusterSnapshotArn: arn } of itemsOf(pages, (page) => page.DBClusterSnapshots))
      if (arn) yield { arn };
  },

  ...knownBy(snapshotArn),

  async policy({ sdk, client }, { arn }) {
    const request = { DBClusterSnapshotIdentifier: nameIn(arn, 'cluster-snapshot:') };
    const answer = await client.send(new sdk.DescribeDBClusterSnapshotAttributesCommand(request));
    const attributes = answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes;
    const restore = attributes?.find(({ AttributeName }) => AttributeName === 'restore');
    return sharedWith(
      restore?.AttributeValues ?? [],
      ['rds:RestoreDBClusterFromSnapshot', 'rds:CopyDBClusterSnapshot'],
      arn,
    );
  },
});
