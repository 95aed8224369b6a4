import type { Kind, KindEvents } from '../kinds/kind.ts';

type EventName = KindEvents['names'][number];

/** Calls of one source, and what their records must name where that matters. */
export interface Branch {
  readonly eventSource: readonly [string];
  readonly eventName: readonly EventName[];
  readonly requestParameters?: Readonly<Record<string, readonly Wildcard[]>>;
  readonly responseElements?: Readonly<Record<string, readonly Wildcard[]>>;
}

/** `*` is any run of characters. CloudFormation fills parameters in. */
export interface Wildcard {
  readonly wildcard: { readonly 'Fn::Sub': string };
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

/** All of a branch but its names. */
const restOf = ({ eventName: _, ...rest }: Branch) => JSON.stringify(rest);

/** The branches with one more: beside the names of the same source, or in a branch of its own. */
function joined(before: readonly Branch[], branch: Branch): readonly Branch[] {
  const last = before.at(-1);
  return last !== undefined && restOf(last) === restOf(branch)
    ? [...before.slice(0, -1), { ...branch, eventName: [...last.eventName, ...branch.eventName] }]
    : [...before, branch];
}

/** Longer names are not given to a parameter. */
const longestParameter = 64;

/** The characters of a pattern when CloudFormation has filled in its parameters, however long these are. */
export function patternLength(pattern: EventPattern): number {
  const filledIn = JSON.stringify(pattern).replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, (_, text: string) =>
    text.replaceAll(/\$\{[^}]+\}/g, 'x'.repeat(longestParameter)),
  );
  return filledIn.length;
}

/** The branches in as few patterns as keep each within EventBridge's limit. */
export function packed(branches: readonly Branch[]): readonly EventPattern[] {
  const patterns: EventPattern[] = [];
  for (const branch of branches) {
    const grown = pattern(joined(patterns.at(-1)?.detail.$or ?? [], branch));
    if (patterns.length > 0 && patternLength(grown) <= longestPattern) patterns.splice(-1, 1, grown);
    else patterns.push(pattern([branch]));
  }
  return patterns;
}

/** EventBridge patterns that match every event by which a kind's policy may change, successful calls only. */
export function eventPatterns(kinds: readonly Kind[]): readonly EventPattern[] {
  return packed(branches(kinds));
}
