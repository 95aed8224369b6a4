import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom } from './reference.ts';
import { combinedBlock, readAccountBlock } from './s3-public-access.ts';

/** All calls about them go there. https://docs.aws.amazon.com/AmazonS3/latest/userguide/MrapOperations.html */
const controlRegion = 'us-west-2';

/** Their ARNs have no region, and an alias in place of the name. */
const pointArn = (alias: string, place: Place) =>
  arnFrom('s3', 'accesspoint/')(alias, { ...place, region: '' });

export const s3MultiRegionAccessPoint = defineKind({
  id: 's3:multi-region-access-point',
  title: 'S3 Multi-Region Access Point',
  reach: 'global',
  documentation:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html',
  reads: 'policy and block public access',
  permissions: [
    's3:ListMultiRegionAccessPoints',
    's3:GetMultiRegionAccessPoint',
    's3:GetMultiRegionAccessPointPolicy',
    's3:GetAccountPublicAccessBlock',
  ],
  events: [
    {
      source: 's3.amazonaws.com',
      names: [
        'CreateMultiRegionAccessPoint',
        'PutMultiRegionAccessPointPolicy',
        'DeleteMultiRegionAccessPoint',
        'PutAccountPublicAccessBlock',
        'DeleteAccountPublicAccessBlock',
      ],
      resource: () => 'every',
    },
  ],
  errors: {
    absent: ['NoSuchMultiRegionAccessPointPolicy'],
    gone: ['NoSuchMultiRegionAccessPoint'],
    notUsable: [],
  },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open, { account }) {
    const sdk = await import('@aws-sdk/client-s3-control');
    const client = open(sdk.S3ControlClient, { region: controlRegion });
    return { sdk, client, accountBlock: readAccountBlock(sdk, client, account) };
  },

  async *list({ sdk, client }, place) {
    if (place.partition !== 'aws') return;
    const request = { AccountId: place.account };
    const pages = sdk.paginateListMultiRegionAccessPoints({ client, pageSize: 100 }, request);
    for await (const point of itemsOf(pages, (page) => page.AccessPoints)) {
      const arn = point.Alias && pointArn(point.Alias, place);
      if (arn && point.Name) yield { arn, name: point.Name, block: point.PublicAccessBlock };
    }
  },

  async find({ sdk, client }, place, name) {
    const request = { AccountId: place.account, Name: name };
    const { AccessPoint: point } = await client.send(new sdk.GetMultiRegionAccessPointCommand(request));
    const arn = point?.Alias && pointArn(point.Alias, place);
    return arn ? { arn, name, block: point.PublicAccessBlock } : undefined;
  },

  refersTo: (reference, arn) => reference === arn,

  async policy({ sdk, client, accountBlock }, { name, block }, { account }) {
    const command = new sdk.GetMultiRegionAccessPointPolicyCommand({ AccountId: account, Name: name });
    const policy = opening((await client.send(command)).Policy?.Established?.Policy);
    return policy && { ...policy, blockPublicAccess: combinedBlock(block, await accountBlock()) };
  },
});
