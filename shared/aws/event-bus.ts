import { type BusEvent, eventSource } from '../app/channels.ts';
import { OperationError } from '../errors.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

/** PutEvents takes 256 kB in all, safe for every region. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const mostBytes = 250 * 1024;

/** Events in requests that are not too large; one that is large has a request of its own. */
export function requestsOf(events: readonly BusEvent[]): readonly (readonly BusEvent[])[] {
  const requests: BusEvent[][] = [];
  let left = 0;
  for (const event of events) {
    const bytes = Buffer.byteLength(event.detail) + 100;
    if (bytes > left) {
      requests.push([]);
      left = mostBytes;
    }
    requests.at(-1)?.push(event);
    left -= bytes;
  }
  return requests;
}

/** Puts events on the default bus of the account. */
export function eventBus({ region, calls }: { readonly region: string; readonly calls: CallSettings }) {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/eventbridge.ts');
    return { sdk, client: new sdk.EventBridgeClient({ ...calls, region }) };
  });
  return async (events: readonly BusEvent[]): Promise<void> => {
    const { sdk, client } = await connect();
    for (const request of requestsOf(events)) {
      const Entries = request.map(({ detailType, detail, at }) => ({
        Source: eventSource,
        DetailType: detailType,
        Detail: detail,
        Time: at,
      }));
      const { FailedEntryCount = 0, Entries: outcomes = [] } = await client.send(
        new sdk.PutEventsCommand({ Entries }),
      );
      if (FailedEntryCount === 0) continue;
      const { ErrorCode, ErrorMessage } = outcomes.find((outcome) => outcome.ErrorCode) ?? {};
      throw new OperationError(
        `the event bus took ${request.length - FailedEntryCount} of ${request.length} events (${ErrorCode}: ${ErrorMessage})`,
        'they are put again, all of them',
      );
    }
  };
}
