import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { knownByArn, referenceAt } from './reference.ts';

/** Channels that AWS's services make for themselves have names of this form, and no policies. */
const serviceChannel = 'aws-service-channel/';

export const cloudtrailResourcePolicy = defineKind({
  id: 'cloudtrail:resource-policy',
  title: 'CloudTrail Lake event data store, channel or dashboard',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html',
  reads: 'resource policies of event data stores, channels and custom dashboards',
  permissions: [
    'cloudtrail:ListEventDataStores',
    'cloudtrail:ListChannels',
    'cloudtrail:ListDashboards',
    'cloudtrail:GetResourcePolicy',
  ],
  events: [
    {
      source: 'cloudtrail.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'cloudtrail.amazonaws.com',
      names: ['DeleteEventDataStore', 'DeleteChannel', 'DeleteDashboard'],
      resource: referenceAt(
        'requestParameters.eventDataStore',
        'requestParameters.channel',
        'requestParameters.dashboardId',
      ),
    },
  ],
  errors: {
    absent: ['ResourcePolicyNotFoundException'],
    gone: ['ResourceNotFoundException'],
    notUsable: ['UnsupportedOperationException'],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cloudtrail');
    return { sdk, client: open(sdk.CloudTrailClient) };
  },

  async *list({ sdk, client }) {
    const stores = sdk.paginateListEventDataStores({ client, pageSize: 1000 }, {});
    for await (const { EventDataStoreArn: arn } of itemsOf(stores, (page) => page.EventDataStores))
      if (arn) yield { arn };
    const channels = sdk.paginateListChannels({ client, pageSize: 1000 }, {});
    for await (const { ChannelArn: arn, Name } of itemsOf(channels, (page) => page.Channels))
      if (arn && !Name?.startsWith(serviceChannel)) yield { arn };
    let token: string | undefined;
    do {
      const command = new sdk.ListDashboardsCommand({ Type: 'CUSTOM', MaxResults: 1000, NextToken: token });
      const { Dashboards = [], NextToken } = await client.send(command);
      for (const { DashboardArn: arn } of Dashboards) if (arn) yield { arn };
      token = NextToken;
    } while (token);
  },

  ...knownByArn('cloudtrail'),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ ResourceArn: arn });
    return opening((await client.send(command)).ResourcePolicy);
  },
});
