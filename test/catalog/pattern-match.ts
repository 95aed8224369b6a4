import type { Branch, EventPattern, Wildcard } from '../../shared/catalog/event-patterns.ts';
import { globMatches } from '../../shared/iam/glob.ts';

type Matcher = string | { readonly prefix: string } | Wildcard;

/** What CloudFormation fills in, by the name of the parameter. */
export type Parameters = Readonly<Record<string, string>>;

function fitsOne(matcher: Matcher, value: string, parameters: Parameters): boolean {
  if (typeof matcher === 'string') return matcher === value;
  if ('prefix' in matcher) return value.startsWith(matcher.prefix);
  const glob = matcher.wildcard['Fn::Sub'].replaceAll(
    /\$\{([^}]+)\}/g,
    (_, name: string) => parameters[name] ?? '',
  );
  return globMatches(glob, value);
}

const fits = (matchers: readonly Matcher[], value: string, parameters: Parameters = {}) =>
  matchers.some((each) => fitsOne(each, value, parameters));

/** Whether one of the values that stand under each key fits. */
const names = (
  wanted: Branch['requestParameters'] = {},
  given: Readonly<Record<string, unknown>> | null = {},
  parameters: Parameters,
) =>
  Object.entries(wanted).every(([key, matchers]) =>
    [given?.[key]].flat().some((value) => typeof value === 'string' && fits(matchers, value, parameters)),
  );

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
      readonly requestParameters?: Readonly<Record<string, unknown>> | null;
      readonly responseElements?: Readonly<Record<string, unknown>> | null;
    };
  },
  parameters: Parameters = {},
): boolean {
  return (
    fits(source, event.source) &&
    fits(detailTypes, event['detail-type']) &&
    !('errorCode' in event.detail) &&
    $or.some(
      ({ eventSource, eventName, requestParameters, responseElements }) =>
        fits(eventSource, event.detail.eventSource) &&
        fits(eventName, event.detail.eventName) &&
        names(requestParameters, event.detail.requestParameters, parameters) &&
        names(responseElements, event.detail.responseElements, parameters),
    )
  );
}
