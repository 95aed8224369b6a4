import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const monitorArn = arnFrom('rum', 'appmonitor/');

export const rumAppMonitor = defineKind({
  id: 'rum:app-monitor',
  title: 'CloudWatch RUM app monitor',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-resource-policies.html',
  reads: 'resource policy: who may send events',
  permissions: ['rum:ListAppMonitors', 'rum:GetResourcePolicy'],
  events: [
    {
      source: 'rum.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteAppMonitor'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: ['PolicyNotFoundException'], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-rum');
    return { sdk, client: open(sdk.RUMClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListAppMonitors({ client, pageSize: 100 }, {});
    for await (const { Name } of itemsOf(pages, (page) => page.AppMonitorSummaries)) {
      const arn = Name && monitorArn(Name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(monitorArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ Name: nameIn(arn, 'appmonitor/') });
    return opening((await client.send(command)).PolicyDocument);
  },
});
