import type { InputError } from '../errors.ts';
import { homeRegion, type Place, partitionOf } from '../iam/place.ts';
import type { Kind, KindEvents } from '../kinds/kind.ts';
import { type ChangeCause, type ChangeEvent, causeOf, parseChangeEvent, regionForm } from './change-event.ts';

/** What to look at again. */
export interface Target {
  readonly kind: Kind;
  readonly place: Place;
  /** What the kind's `find` understands, or `every` resource of the kind in the place. */
  readonly reference: string | 'every';
  /** Whether the other regions of the account are concerned as well. */
  readonly everyRegion: boolean;
}

/**
 * Where a change leads. `unclaimed`: the kinds watch the event's source and none knows its name, so that a name
 * that is missing shows itself.
 */
export type Route =
  | {
      readonly type: 'targets';
      readonly change: ChangeEvent;
      readonly cause: ChangeCause;
      readonly targets: readonly Target[];
    }
  | {
      readonly type: 'unclaimed';
      readonly change: ChangeEvent;
      readonly cause: ChangeCause;
      readonly source: string;
      readonly name: string;
    }
  | { readonly type: 'malformed'; readonly error: InputError };

/** From a CloudTrail record, as EventBridge delivers it, to the resources to read again. A failed call changed none. */
export function route(kinds: readonly Kind[], event: unknown): Route {
  const change = parseChangeEvent(event);
  if (change instanceof Error) return { type: 'malformed', error: change };
  const cause = causeOf(change);
  const { eventSource: source, eventName: name, errorCode } = change.detail;
  if (errorCode) return { type: 'targets', change, cause, targets: [] };
  const watching = kinds.flatMap((kind) =>
    kind.events.filter((events) => events.source === source).map((events) => ({ kind, events })),
  );
  const claiming = watching.filter(({ events }) => claims(events, name));
  if (watching.length > 0 && claiming.length === 0) return { type: 'unclaimed', change, cause, source, name };
  return { type: 'targets', change, cause, targets: claiming.flatMap((claim) => targetOf(claim, change)) };
}

/** Whether the kind's events have this name. */
export function claims({ names }: Pick<KindEvents, 'names'>, eventName: string): boolean {
  return names.some((name) =>
    typeof name === 'string' ? name === eventName : eventName.startsWith(name.prefix),
  );
}

interface Claim {
  readonly kind: Kind;
  readonly events: KindEvents;
}

function targetOf({ kind, events }: Claim, { account, detail }: ChangeEvent): readonly Target[] {
  const record = {
    eventName: detail.eventName,
    requestParameters: detail.requestParameters ?? null,
    responseElements: detail.responseElements ?? null,
  };
  const reference = events.resource(record);
  if (reference === undefined) return [];
  const partition = partitionOf(detail.awsRegion);
  const ownRegion = events.region?.(record);
  const isRegion = ownRegion !== undefined && regionForm.test(ownRegion);
  const region = kind.reach === 'global' ? homeRegion(partition) : isRegion ? ownRegion : detail.awsRegion;
  // The record is of the account that owns the resource, whoever called.
  const place = { partition, account: detail.recipientAccountId ?? account, region };
  return [{ kind, place, reference, everyRegion: events.everyRegion === true }];
}
