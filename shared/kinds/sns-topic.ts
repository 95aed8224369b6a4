import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const topicArn = arnFrom('sns', '');

export const snsTopic = defineKind({
  id: 'sns:topic',
  title: 'SNS topic',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  reads: 'topic policy',
  permissions: ['sns:ListTopics', 'sns:GetTopicAttributes'],
  events: [
    {
      source: 'sns.amazonaws.com',
      names: ['CreateTopic', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic'],
      resource: referenceAt(
        'requestParameters.topicArn',
        'responseElements.topicArn',
        'requestParameters.name',
      ),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException', 'NotFound'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sns');
    return { sdk, client: open(sdk.SNSClient) };
  },

  async *list({ sdk, client }) {
    const topics = itemsOf(sdk.paginateListTopics({ client }, {}), (page) => page.Topics);
    for await (const { TopicArn: arn } of topics) if (arn) yield { arn };
  },

  ...knownBy(topicArn),

  async policy({ sdk, client }, { arn }) {
    const { Attributes } = await client.send(new sdk.GetTopicAttributesCommand({ TopicArn: arn }));
    return opening(Attributes?.Policy);
  },
});
