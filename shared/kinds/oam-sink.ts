import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const sinkArn = arnFrom('oam', 'sink/');

export const oamSink = defineKind({
  id: 'oam:sink',
  title: 'Observability Access Manager sink',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html',
  reads: 'sink policy: who may send its metrics, logs and traces into it',
  permissions: ['oam:ListSinks', 'oam:GetSinkPolicy'],
  events: [
    {
      source: 'oam.amazonaws.com',
      names: ['PutSinkPolicy'],
      resource: referenceAt('requestParameters.sinkIdentifier'),
    },
    {
      source: 'oam.amazonaws.com',
      names: ['DeleteSink'],
      resource: referenceAt('requestParameters.identifier'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-oam');
    return { sdk, client: open(sdk.OAMClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListSinks({ client, pageSize: 100 }, {});
    for await (const { Arn: arn } of itemsOf(pages, (page) => page.Items)) if (arn) yield { arn };
  },

  ...knownBy(sinkArn),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetSinkPolicyCommand({ SinkIdentifier: arn }))).Policy);
  },
});
