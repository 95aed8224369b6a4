import type { Kind, KindEvents } from '../kinds/kind.ts';

type EventName = KindEvents['names'][number];

interface Branch {
  readonly eventSource: readonly [string];
  readonly eventName: readonly EventName[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export interface EventPattern {
  readonly source: readonly [{ readonly prefix: 'aws.' }];
  readonly 'detail-type': readonly string[];
  readonly detail: {
    readonly errorCode: readonly [{ readonly exists: false }];
    readonly $or: readonly Branch[];
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const longestPattern = 2048;

/** The documentation of the China regions spells the first one with "Amazon". */
export const detailTypes = [
  'AWS API Call via CloudTrail',
  'AWS Service Event via CloudTrail',
  'Amazon API Call via CloudTrail',
  'Amazon Service Event via CloudTrail',
];

// Nobody but AWS can put an event whose source begins with `aws.`: what is forged does not match.
const pattern = ($or: readonly Branch[]): EventPattern => ({
  source: [{ prefix: 'aws.' }],
  'detail-type': detailTypes,
  detail: { errorCode: [{ exists: false }], $or },
});

const textOf = (name: EventName) => (typeof name === 'string' ? name : `${name.prefix}*`);

/** Every event name of every source, once, sorted. */
function branches(kinds: readonly Kind[]): readonly Branch[] {
  const bySource = new Map<string, Map<string, EventName>>();
  for (const { source, names } of kinds.flatMap(({ events }) => events)) {
    const known = bySource.get(source) ?? new Map<string, EventName>();
    for (const name of names) known.set(textOf(name), name);
    bySource.set(source, known);
  }
  const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
  return [...bySource]
    .sort(byText)
    .flatMap(([source, names]) =>
      [...names].sort(byText).map(([, name]) => ({ eventSource: [source] as const, eventName: [name] })),
    );
}

/** The branches with one more name: beside those of the same source, or in a branch of its own. */
function joined(before: readonly Branch[], { eventSource, eventName }: Branch): readonly Branch[] {
  const last = before.at(-1);
  return last?.eventSource[0] === eventSource[0]
    ? [...before.slice(0, -1), { eventSource, eventName: [...last.eventName, ...eventName] }]
    : [...before, { eventSource, eventName }];
}

/**
 * EventBridge patterns that match every event by which a kind's policy may change, successful calls only; as few
 * as keep each within EventBridge's limit.
 */
export function eventPatterns(kinds: readonly Kind[]): readonly EventPattern[] {
  const patterns: EventPattern[] = [];
  for (const branch of branches(kinds)) {
    const grown = pattern(joined(patterns.at(-1)?.detail.$or ?? [], branch));
    if (patterns.length > 0 && JSON.stringify(grown).length <= longestPattern) patterns.splice(-1, 1, grown);
    else patterns.push(pattern([branch]));
  }
  return patterns;
}
