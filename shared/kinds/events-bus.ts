import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { arnFrom, textAt } from './reference.ts';

const busArn = arnFrom('events', 'event-bus/');

export const eventsBus = defineKind({
  id: 'events:bus',
  title: 'EventBridge event bus',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html',
  reads: 'bus policy',
  permissions: ['events:ListEventBuses', 'events:DescribeEventBus'],
  events: [
    {
      source: 'events.amazonaws.com',
      names: ['CreateEventBus', 'PutPermission', 'RemovePermission', 'DeleteEventBus'],
      // A permission call that names no bus is about the default one.
      resource: (detail) =>
        textAt(detail, 'requestParameters.eventBusName', 'requestParameters.name') ??
        (detail.requestParameters === null ? 'every' : 'default'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-eventbridge');
    return { sdk, client: open(sdk.EventBridgeClient) };
  },

  // The SDK has no paginator for this call, and the list carries the policies.
  async *list({ sdk, client }) {
    let token: string | undefined;
    do {
      const page = await client.send(new sdk.ListEventBusesCommand({ Limit: 100, NextToken: token }));
      for (const { Arn: arn, Policy: policy } of page.EventBuses ?? []) if (arn) yield { arn, policy };
      token = page.NextToken;
    } while (token);
  },

  async find({ sdk, client }, place, reference) {
    if (busArn(reference, place) === undefined) return undefined;
    const { Arn: arn, Policy: policy } = await client.send(
      new sdk.DescribeEventBusCommand({ Name: reference }),
    );
    return arn === undefined ? undefined : { arn, policy };
  },

  refersTo: (reference, arn, place) => busArn(reference, place) === arn,

  async policy(_, { policy }) {
    return opening(policy);
  },
});
