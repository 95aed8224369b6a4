import { formatArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { referenceAt } from './reference.ts';

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` → the queue's ARN; none for another account's. */
function arnOfUrl(url: string, { partition, region, account }: Place): string | undefined {
  const [owner, name] = url.split('/').slice(-2);
  if (owner !== account || name === undefined) return undefined;
  return formatArn({ partition, service: 'sqs', region, account, resource: name });
}

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
      resource: referenceAt('requestParameters.queueUrl', 'responseElements.queueUrl'),
    },
  ],
  errors: {
    absent: [],
    gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
    notUsable: [],
  },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sqs');
    return { sdk, client: open(sdk.SQSClient) };
  },

  // ListQueues gives a NextToken only to those who send MaxResults.
  // ListQueues gives a NextToken only to those who send MaxResults.
  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListQueues({ client, pageSize: 1000 }, {});
    for await (const url of itemsOf(pages, (page) => page.QueueUrls)) {
      const arn = arnOfUrl(url, place);
      if (arn) yield { arn, url };
    }
  },

  async find(_, place, url) {
    const arn = arnOfUrl(url, place);
    return arn === undefined ? undefined : { arn, url };
  },

  refersTo: (url, arn, place) => arn === arnOfUrl(url, place),

  async policy({ sdk, client }, { url }) {
    const command = new sdk.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Policy'] });
    const policy = (await client.send(command)).Attributes?.Policy;
    return opening(policy);
  },
});
