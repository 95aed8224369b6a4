import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, nameIn, referenceAt } from './reference.ts';

const destinationArn = arnFrom('logs', 'destination:');

export const logsDestination = defineKind({
  id: 'logs:destination',
  title: 'CloudWatch Logs destination',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html',
  reads: 'access policy',
  permissions: ['logs:DescribeDestinations'],
  events: [
    {
      source: 'logs.amazonaws.com',
      names: ['PutDestination', 'PutDestinationPolicy', 'DeleteDestination'],
      resource: referenceAt('requestParameters.destinationName'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { sdk, client: open(sdk.CloudWatchLogsClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeDestinations({ client, pageSize: 50 }, {});
    for await (const { arn, accessPolicy } of itemsOf(pages, (page) => page.destinations))
      if (arn) yield { arn, accessPolicy };
  },

  async find({ sdk, client }, place, reference) {
    const arn = destinationArn(reference, place);
    if (arn === undefined) return undefined;
    const request = { DestinationNamePrefix: nameIn(arn, 'destination:') };
    const pages = sdk.paginateDescribeDestinations({ client, pageSize: 50 }, request);
    for await (const found of itemsOf(pages, (page) => page.destinations))
      if (found.arn === arn) return { arn, accessPolicy: found.accessPolicy };
    return undefined;
  },

  refersTo: (reference, arn, place) => destinationArn(reference, place) === arn,

  async policy(_, { accessPolicy }) {
    return opening(accessPolicy);
  },
});
