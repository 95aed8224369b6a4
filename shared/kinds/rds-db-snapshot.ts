import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const snapshotArn = arnFrom('rds', 'snapshot:');

export const rdsDbSnapshot = defineKind({
  id: 'rds:db-snapshot',
  title: 'RDS snapshot',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html',
  reads: 'accounts that may restore it',
  permissions: ['rds:DescribeDBSnapshots', 'rds:DescribeDBSnapshotAttributes'],
  events: [
    {
      source: 'rds.amazonaws.com',
      names: ['ModifyDBSnapshotAttribute', 'DeleteDBSnapshot'],
      resource: referenceAt('requestParameters.dBSnapshotIdentifier'),
    },
  ],
  errors: { absent: [], gone: ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-rds');
    return { sdk, client: open(sdk.RDSClient) };
  },

  // Automated ones cannot be shared.
  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeDBSnapshots({ client, pageSize: 100 }, { SnapshotType: 'manual' });
    for await (const { DBSnapshotArn: arn } of itemsOf(pages, (page) => page.DBSnapshots))
      if (arn) yield { arn };
  },

  ...knownBy(snapshotArn),

  async policy({ sdk, client }, { arn }) {
    const request = { DBSnapshotIdentifier: nameIn(arn, 'snapshot:') };
    const answer = await client.send(new sdk.DescribeDBSnapshotAttributesCommand(request));
    const attributes = answer.DBSnapshotAttributesResult?.DBSnapshotAttributes;
    const restore = attributes?.find(({ AttributeName }) => AttributeName === 'restore');
    return sharedWith(
      restore?.AttributeValues ?? [],
      ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:CopyDBSnapshot'],
      arn,
    );
  },
});
