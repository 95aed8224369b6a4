import type { Snapshot } from '@aws-sdk/client-redshift';
import { isAccountId } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

// A snapshot can also be opened to AWS's own support, by a name that is no account.
const listed = ({ SnapshotArn: arn, AccountsWithRestoreAccess: accounts }: Snapshot) =>
  arn === undefined
    ? []
    : [{ arn, names: accounts?.flatMap(({ AccountId }) => AccountId ?? []).filter(isAccountId) ?? [] }];

const anySnapshotArn = arnFrom('redshift', 'snapshot:');

/** `snapshot:CLUSTER/NAME` → the name, which is one of its own in an account and region. */
const nameOf = (arn: string) => nameIn(arn, 'snapshot:').split('/').at(-1) ?? arn;

export const redshiftSnapshot = defineKind({
  id: 'redshift:snapshot',
  title: 'Redshift cluster snapshot',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshot-share-snapshot.html',
  reads: 'accounts that may restore it',
  permissions: ['redshift:DescribeClusterSnapshots'],
  events: [
    {
      source: 'redshift.amazonaws.com',
      names: ['AuthorizeSnapshotAccess', 'RevokeSnapshotAccess', 'DeleteClusterSnapshot'],
      resource: referenceAt('requestParameters.snapshotArn', 'requestParameters.snapshotIdentifier'),
    },
    {
      source: 'redshift.amazonaws.com',
      names: ['BatchDeleteClusterSnapshots'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: ['ClusterSnapshotNotFound', 'ClusterSnapshotNotFoundFault'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-redshift');
    return { sdk, client: open(sdk.RedshiftClient) };
  },

  // Automated ones cannot be shared.
  async *list({ sdk, client }) {
    const request = { SnapshotType: 'manual' };
    const pages = sdk.paginateDescribeClusterSnapshots({ client, pageSize: 100 }, request);
    for await (const snapshot of itemsOf(pages, (page) => page.Snapshots)) yield* listed(snapshot);
  },

  async find({ sdk, client }, place, reference) {
    const arn = anySnapshotArn(reference, place);
    if (arn === undefined) return undefined;
    const command = new sdk.DescribeClusterSnapshotsCommand({ SnapshotIdentifier: nameOf(arn) });
    return (await client.send(command)).Snapshots?.flatMap(listed)[0];
  },

  refersTo: (reference, arn) => reference === arn || reference === nameOf(arn),

  async policy(_, { arn, names }) {
    return sharedWith(names, ['redshift:RestoreFromClusterSnapshot'], arn);
  },
});
