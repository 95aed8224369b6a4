import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const snapshotArn = arnFrom('ec2', 'snapshot/', 'no-account');

export const ec2Snapshot = defineKind({
  id: 'ec2:snapshot',
  title: 'EBS snapshot',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
  reads: 'accounts that may create volumes, and the block of public snapshots',
  permissions: [
    'ec2:DescribeSnapshots',
    'ec2:DescribeSnapshotAttribute',
    'ec2:GetSnapshotBlockPublicAccessState',
  ],
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: [
        'ModifySnapshotAttribute',
        'ResetSnapshotAttribute',
        'DeleteSnapshot',
        'RestoreSnapshotFromRecycleBin',
      ],
      resource: referenceAt('requestParameters.snapshotId'),
    },
    {
      source: 'ec2.amazonaws.com',
      names: ['EnableSnapshotBlockPublicAccess', 'DisableSnapshotBlockPublicAccess'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: ['InvalidSnapshot.NotFound'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ec2');
    const client = open(sdk.EC2Client);
    let state: Promise<string | undefined> | undefined;
    const publicBlock = () => {
      state ??= client.send(new sdk.GetSnapshotBlockPublicAccessStateCommand({})).then(({ State }) => State);
      return state;
    };
    return { sdk, client, publicBlock };
  },

  // The public ones first: one call finds them, and the worst is known early.
  async *list({ sdk, client }, place) {
    const paging = { client, pageSize: 1000 };
    const own = { OwnerIds: ['self'] };
    const open = sdk.paginateDescribeSnapshots(paging, { ...own, RestorableByUserIds: ['all'] });
    const ids = (await collect(itemsOf(open, (page) => page.Snapshots))).map(({ SnapshotId }) => SnapshotId);
    const arnOf = (id: string | undefined) => id && snapshotArn(id, place);
    for (const arn of ids.map(arnOf)) if (arn) yield { arn };
    const all = sdk.paginateDescribeSnapshots(paging, own);
    for await (const { SnapshotId: id } of itemsOf(all, (page) => page.Snapshots)) {
      const arn = ids.includes(id) ? undefined : arnOf(id);
      if (arn) yield { arn };
    }
  },

  ...knownBy(snapshotArn),

  async policy({ sdk, client, publicBlock }, { arn }) {
    const request = { SnapshotId: nameIn(arn, 'snapshot/'), Attribute: 'createVolumePermission' } as const;
    const { CreateVolumePermissions } = await client.send(new sdk.DescribeSnapshotAttributeCommand(request));
    const named = CreateVolumePermissions?.flatMap(({ UserId, Group }) => UserId ?? Group ?? []) ?? [];
    // Sharing with everyone stays written down where it is blocked, and is without effect.
    const isBlocked = named.includes('all') && (await publicBlock()) === 'block-all-sharing';
    const names = isBlocked ? named.filter((name) => name !== 'all') : named;
    return sharedWith(names, ['ec2:CreateVolume', 'ec2:CopySnapshot', 'ebs:GetSnapshotBlock'], arn);
  },
});
