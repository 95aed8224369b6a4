import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { onlyFromVpc } from './share.ts';

const accessPointArn = arnFrom('s3express', 'accesspoint/');

export const s3expressAccessPoint = defineKind({
  id: 's3express:access-point',
  title: 'Access point of an S3 directory bucket',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-directory-buckets-policies.html',
  reads: 'access point policy and its VPC',
  permissions: [
    's3express:ListAccessPointsForDirectoryBuckets',
    's3express:GetAccessPoint',
    's3express:GetAccessPointPolicy',
  ],
  events: [
    {
      source: 's3express.amazonaws.com',
      names: ['CreateAccessPoint', 'PutAccessPointPolicy', 'DeleteAccessPointPolicy', 'DeleteAccessPoint'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: ['NoSuchAccessPointPolicy'], gone: ['NoSuchAccessPoint'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3-control');
    return { sdk, client: open(sdk.S3ControlClient) };
  },

  async *list({ sdk, client }, place) {
    const request = { AccountId: place.account };
    const pages = sdk.paginateListAccessPointsForDirectoryBuckets({ client, pageSize: 1000 }, request);
    for await (const { AccessPointArn: arn } of itemsOf(pages, (page) => page.AccessPointList))
      if (arn) yield { arn };
  },

  ...knownBy(accessPointArn),

  async policy({ sdk, client }, { arn }, { account }) {
    const request = { AccountId: account, Name: nameIn(arn, 'accesspoint/') };
    const { Policy } = await client.send(new sdk.GetAccessPointPolicyCommand(request));
    const own = opening(Policy);
    if (own === undefined) return undefined;
    const { VpcConfiguration } = await client.send(new sdk.GetAccessPointCommand(request));
    const vpc = VpcConfiguration?.VpcId;
    return vpc ? { policies: [...own.policies, onlyFromVpc(vpc, 's3express:*')] } : own;
  },
});
