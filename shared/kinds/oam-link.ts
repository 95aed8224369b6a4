import { parseArn } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const linkArn = arnFrom('oam', 'link/');

/** What who has the sink may do with what is sent: it looks, as in an account of its own. */
const looks: Readonly<Record<string, string>> = {
  'AWS::ApplicationInsights::Application': 'applicationinsights:Describe*',
  'AWS::CloudWatch::Metric': 'cloudwatch:Get*',
  'AWS::InternetMonitor::Monitor': 'internetmonitor:Get*',
  'AWS::Logs::LogGroup': 'logs:Get*',
  'AWS::XRay::Trace': 'xray:Get*',
};

interface Link {
  readonly Arn?: string | undefined;
  readonly SinkArn?: string | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
}

const listed = ({ Arn: arn, SinkArn: sink, ResourceTypes: types = [] }: Link) =>
  arn ? [{ arn, sink, types }] : [];

export const oamLink = defineKind({
  id: 'oam:link',
  title: 'Observability Access Manager link',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html',
  reads: 'the account whose sink gets its metrics, logs and traces',
  permissions: ['oam:ListLinks', 'oam:GetLink'],
  events: [
    {
      source: 'oam.amazonaws.com',
      names: ['CreateLink', 'UpdateLink', 'DeleteLink'],
      resource: referenceAt('requestParameters.identifier', 'responseElements.arn', 'responseElements.Arn'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-oam');
    return { sdk, client: open(sdk.OAMClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListLinks({ client, pageSize: 5 }, {});
    for await (const link of itemsOf(pages, (page) => page.Items)) yield* listed(link);
  },

  async find({ sdk, client }, place, reference) {
    const arn = linkArn(reference, place);
    if (arn === undefined) return undefined;
    return listed(await client.send(new sdk.GetLinkCommand({ Identifier: arn })))[0];
  },

  refersTo: (reference, arn, place) => linkArn(reference, place) === arn,

  async policy(_, { arn, sink, types }) {
    const account = parseArn(sink ?? '')?.account ?? 'all';
    return sharedWith([account], types.map((type) => looks[type] ?? '*').sort(), arn);
  },
});
