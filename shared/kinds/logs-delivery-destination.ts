import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const destinationArn = arnFrom('logs', 'delivery-destination:');

export const logsDeliveryDestination = defineKind({
  id: 'logs:delivery-destination',
  title: 'CloudWatch Logs delivery destination',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html',
  reads: 'delivery destination policy',
  permissions: ['logs:DescribeDeliveryDestinations', 'logs:GetDeliveryDestinationPolicy'],
  events: [
    {
      source: 'logs.amazonaws.com',
      names: ['PutDeliveryDestinationPolicy', 'DeleteDeliveryDestinationPolicy'],
      resource: referenceAt('requestParameters.deliveryDestinationName'),
    },
    {
      source: 'logs.amazonaws.com',
      names: ['DeleteDeliveryDestination'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { sdk, client: open(sdk.CloudWatchLogsClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeDeliveryDestinations({ client, pageSize: 50 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.deliveryDestinations)) if (arn) yield { arn };
  },

  ...knownBy(destinationArn),

  async policy({ sdk, client }, { arn }) {
    const request = { deliveryDestinationName: nameIn(arn, 'delivery-destination:') };
    const { policy } = await client.send(new sdk.GetDeliveryDestinationPolicyCommand(request));
    return opening(policy?.deliveryDestinationPolicy);
  },
});
