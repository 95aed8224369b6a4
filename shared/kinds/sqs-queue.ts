import { formatArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` → the queue's ARN. */
function arnOfUrl(url: string, { partition, region }: Place): string {
  const [account = '', name = ''] = new URL(url).pathname.split('/').filter((part) => part !== '');
  return formatArn({ partition, service: 'sqs', region, account, resource: name });
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export const sqsQueue = defineKind({
  id: 'sqs:queue',
  title: 'SQS queue',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html',
  reads: 'queue policy',
  permissions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
  events: [
    {
      source: 'sqs.amazonaws.com',
      names: ['CreateQueue', 'SetQueueAttributes', 'AddPermission', 'RemovePermission', 'DeleteQueue'],
      resource: ({ requestParameters, responseElements }) =>
        text(requestParameters?.queueUrl) ?? text(responseElements?.queueUrl),
    },
  ],
  errors: {
    absent: [],
    gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
    notUsable: [],
  },
  accessAnalyzer: true,
  resourceControlPolicies: true,

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sqs');
    return { sdk, client: open(sdk.SQSClient) };
  },

  // ListQueues gives a NextToken only to those who send MaxResults.
  async *list({ sdk, client }, place) {
    for await (const page of sdk.paginateListQueues({ client, pageSize: 1000 }, {}))
      for (const url of page.QueueUrls ?? []) yield { arn: arnOfUrl(url, place), url };
  },

  async find(_, place, url) {
    return { arn: arnOfUrl(url, place), url };
  },

  refersTo: (url, arn, place) => arn === arnOfUrl(url, place),

  async policy({ sdk, client }, { url }) {
    const command = new sdk.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy'] });
    const policy = (await client.send(command)).Attributes?.Policy;
    return policy ? { policies: [{ name: 'policy', text: policy }] } : undefined;
  },
});
