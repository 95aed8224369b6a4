import { defineKind, type KindEvents } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { combinedBlock } from './s3-public-access.ts';

const accessPointArn = arnFrom('s3-object-lambda', 'accesspoint/');

/** Calls to S3 are logged under either name. */
const eventsOf = (source: string): KindEvents => ({
  source,
  names: [
    'CreateAccessPointForObjectLambda',
    'PutAccessPointPolicyForObjectLambda',
    'DeleteAccessPointPolicyForObjectLambda',
    'DeleteAccessPointForObjectLambda',
  ],
  resource: referenceAt('requestParameters.name'),
});

export const s3ObjectLambdaAccessPoint = defineKind({
  id: 's3-object-lambda:access-point',
  title: 'S3 Object Lambda access point',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html',
  reads: 'access point policy and block public access',
  permissions: [
    's3:ListAccessPointsForObjectLambda',
    's3:GetAccessPointPolicyForObjectLambda',
    's3:GetAccessPointForObjectLambda',
  ],
  events: [eventsOf('s3.amazonaws.com'), eventsOf('s3-object-lambda.amazonaws.com')],
  errors: { absent: ['NoSuchAccessPointPolicy'], gone: ['NoSuchAccessPoint'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3-control');
    return { sdk, client: open(sdk.S3ControlClient) };
  },

  async *list({ sdk, client }, { account: AccountId }) {
    const pages = sdk.paginateListAccessPointsForObjectLambda({ client, pageSize: 1000 }, { AccountId });
    const points = itemsOf(pages, (page) => page.ObjectLambdaAccessPointList);
    for await (const { ObjectLambdaAccessPointArn: arn } of points) if (arn) yield { arn };
  },

  ...knownBy(accessPointArn),

  async policy({ sdk, client }, { arn }, { account: AccountId }) {
    const request = { AccountId, Name: nameIn(arn, 'accesspoint/') };
    const { Policy: text } = await client.send(new sdk.GetAccessPointPolicyForObjectLambdaCommand(request));
    if (!text) return undefined;
    const point = await client.send(new sdk.GetAccessPointForObjectLambdaCommand(request));
    return {
      policies: [{ name: 'policy', text }],
      blockPublicAccess: combinedBlock(point.PublicAccessBlockConfiguration),
    };
  },
});
