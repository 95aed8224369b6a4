import type { Place } from '../iam/place.ts';
import { type ChangeDetail, defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const anyStreamArn = arnFrom('kinesis', 'stream/');

/** `stream/NAME/consumer/NAME:TIME`; a consumer has no name that an event could give alone. */
const consumerArn = (reference: string, place: Place) =>
  reference.includes('/consumer/') ? anyStreamArn(reference, place) : undefined;

/** The stream's own policy goes by the same event. */
function consumerPart(detail: ChangeDetail): string | undefined {
  const reference = referenceAt('requestParameters.resourceARN')(detail);
  return reference === 'every' || reference.includes('/consumer/') ? reference : undefined;
}

export const kinesisConsumer = defineKind({
  id: 'kinesis:consumer',
  title: 'Kinesis enhanced fan-out consumer',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/streams/latest/dev/resource-based-policy-examples.html',
  reads: 'consumer policy',
  permissions: ['kinesis:ListStreams', 'kinesis:ListStreamConsumers', 'kinesis:GetResourcePolicy'],
  events: [
    {
      source: 'kinesis.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: consumerPart,
    },
    {
      source: 'kinesis.amazonaws.com',
      names: ['DeregisterStreamConsumer'],
      resource: referenceAt('requestParameters.consumerARN'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-kinesis');
    return { sdk, client: open(sdk.KinesisClient) };
  },

  async *list({ sdk, client }) {
    const streams = sdk.paginateListStreams({ client, pageSize: 1000 }, {});
    for await (const { StreamARN } of itemsOf(streams, (page) => page.StreamSummaries)) {
      const pages = sdk.paginateListStreamConsumers({ client, pageSize: 1000 }, { StreamARN });
      for await (const { ConsumerARN: arn } of itemsOf(pages, (page) => page.Consumers))
        if (arn) yield { arn };
    }
  },

  ...knownBy(consumerArn),

  async policy({ sdk, client }, { arn }) {
    const { Policy } = await client.send(new sdk.GetResourcePolicyCommand({ ResourceARN: arn }));
    return opening(Policy === '{}' ? undefined : Policy);
  },
});
