import type { EventPattern } from '../../shared/catalog/event-patterns.ts';

type Matcher = string | { readonly prefix: string };

const fits = (matchers: readonly Matcher[], value: string) =>
  matchers.some((each) => (typeof each === 'string' ? each === value : value.startsWith(each.prefix)));

/** Whether EventBridge would match a CloudTrail event, for the operators that the patterns use. */
export function matches(
  { source, 'detail-type': detailTypes, detail: { $or } }: EventPattern,
  event: {
    readonly source: string;
    readonly 'detail-type': string;
    readonly detail: {
      readonly eventSource: string;
      readonly eventName: string;
      readonly errorCode?: string;
    };
  },
): boolean {
  return (
    fits(source, event.source) &&
    fits(detailTypes, event['detail-type']) &&
    !('errorCode' in event.detail) &&
    $or.some(
      ({ eventSource, eventName }) =>
        fits(eventSource, event.detail.eventSource) && fits(eventName, event.detail.eventName),
    )
  );
}
