import { unlessAbsent } from './absence.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { combinedBlock, readAccountBlock } from './s3-public-access.ts';
import { onlyFromVpc } from './share.ts';

const accessPointArn = arnFrom('s3', 'accesspoint/');

export const s3AccessPoint = defineKind({
  id: 's3:access-point',
  title: 'S3 access point',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  reads: 'access point policy, its VPC, block public access of access point and account',
  permissions: [
    's3:ListAccessPoints',
    's3:GetAccessPoint',
    's3:GetAccessPointPolicy',
    's3:GetAccountPublicAccessBlock',
  ],
  events: [
    {
      source: 's3.amazonaws.com',
      names: ['CreateAccessPoint', 'PutAccessPointPolicy', 'DeleteAccessPointPolicy', 'DeleteAccessPoint'],
      resource: referenceAt('requestParameters.name'),
    },
    {
      source: 's3.amazonaws.com',
      names: ['PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock'],
      resource: () => 'every',
      everyRegion: true,
    },
  ],
  errors: { absent: ['NoSuchAccessPointPolicy'], gone: ['NoSuchAccessPoint'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open, { account }) {
    const sdk = await import('@aws-sdk/client-s3-control');
    const client = open(sdk.S3ControlClient);
    return { sdk, client, accountBlock: readAccountBlock(sdk, client, account) };
  },

  async *list({ sdk, client }, place) {
    const request = { AccountId: place.account };
    const pages = sdk.paginateListAccessPoints({ client, pageSize: 1000 }, request);
    for await (const { AccessPointArn: arn } of itemsOf(pages, (page) => page.AccessPointList))
      if (arn) yield { arn };
  },

  ...knownBy(accessPointArn),

  /**
   * What is reached from a VPC alone is never public to S3, whatever its policy says.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
   */
  async policy({ sdk, client, accountBlock }, { arn }, { account }) {
    const request = { AccountId: account, Name: nameIn(arn, 'accesspoint/') };
    const command = new sdk.GetAccessPointPolicyCommand(request);
    const answer = await unlessAbsent(['NoSuchAccessPointPolicy'], client.send(command));
    if (!answer?.Policy) return undefined;
    const point = await client.send(new sdk.GetAccessPointCommand(request));
    const vpc = point.VpcConfiguration?.VpcId;
    const block = combinedBlock(point.PublicAccessBlockConfiguration, await accountBlock());
    const policy = { name: 'policy', text: answer.Policy };
    if (!vpc) return { policies: [policy], blockPublicAccess: block };
    return {
      policies: [policy, onlyFromVpc(vpc, 's3:*')],
      blockPublicAccess: { ...block, restrictPublicBuckets: false },
    };
  },
});
