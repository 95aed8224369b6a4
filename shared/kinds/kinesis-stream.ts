import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, textAt } from './reference.ts';

const streamArn = arnFrom('kinesis', 'stream/');

/** A consumer of a stream has a policy of its own, which is not the stream's. */
const streamPart = (reference: string) => (reference.includes('/consumer/') ? undefined : reference);

export const kinesisStream = defineKind({
  id: 'kinesis:stream',
  title: 'Kinesis data stream',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/streams/latest/dev/resource-based-policy-examples.html',
  reads: 'stream policy',
  permissions: ['kinesis:ListStreams', 'kinesis:GetResourcePolicy'],
  events: [
    {
      source: 'kinesis.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteStream'],
      resource: (detail) =>
        streamPart(
          textAt(
            detail,
            'requestParameters.resourceARN',
            'requestParameters.streamARN',
            'requestParameters.streamName',
          ) ?? 'every',
        ),
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
    const pages = sdk.paginateListStreams({ client, pageSize: 1000 }, {});
    for await (const { StreamARN: arn } of itemsOf(pages, (page) => page.StreamSummaries))
      if (arn) yield { arn };
  },

  ...knownBy(streamArn),

  async policy({ sdk, client }, { arn }) {
    const { Policy } = await client.send(new sdk.GetResourcePolicyCommand({ ResourceARN: arn }));
    return opening(Policy === '{}' ? undefined : Policy);
  },
});
