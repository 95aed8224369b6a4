import { type BusEvent, eventSource } from '../app/channels.ts';
import { PartlyTold } from '../errors.ts';
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
    const taken = new Set<number>();
    let place = 0;
    for (const request of requestsOf(events)) {
      const Entries = request.map(({ detailType, detail, at }) => ({
        Source: eventSource,
        DetailType: detailType,
        Detail: detail,
        Time: at,
      }));
      const answer = await client.send(new sdk.PutEventsCommand({ Entries })).catch((error: unknown) => {
        if (taken.size === 0) throw error;
        throw new PartlyTold(taken, `the event bus took ${taken.size} of ${events.length} events (${error})`);
      });
      const { FailedEntryCount = 0, Entries: outcomes = [] } = answer;
      for (const [index] of request.entries())
        if (outcomes[index]?.ErrorCode === undefined) taken.add(place + index);
      place += request.length;
      if (FailedEntryCount === 0) continue;
      const { ErrorCode, ErrorMessage } = outcomes.find((outcome) => outcome.ErrorCode) ?? {};
      throw new PartlyTold(
        taken,
        `the event bus took ${taken.size} of ${events.length} events (${ErrorCode}: ${ErrorMessage})`,
      );
    }
  };
}
