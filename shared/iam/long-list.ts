import { hasArnSegments } from './arn-pattern.ts';
import { unescapeGlob, wildcardAt } from './glob.ts';
import { none } from './none.ts';
import type { Comparison } from './operator.ts';

/** Lists of so many values are looked up; shorter ones are gone through. */
export const longList = 16;

/** A long list, sorted: texts, globs that are a beginning and a star, and those that are left to go through. */
export interface SortedList {
  readonly texts: ReadonlySet<string>;
  /** The beginnings, by their length. */
  readonly beginnings: ReadonlyMap<number, ReadonlySet<string>>;
  /** So many times a value is looked up in these. */
  readonly lookUps: number;
  readonly rest: readonly string[];
  /** Whether letter case is of no account: the texts are in lower case. */
  readonly caseless: boolean;
}

const unsorted: SortedList = {
  texts: new Set(),
  beginnings: new Map(),
  lookUps: 0,
  rest: none,
  caseless: false,
};

/** Each of the values twice where it holds what a variable made literal: as it stands, too, it may be compared. */
const sortTexts = (values: readonly string[]): SortedList => ({
  ...unsorted,
  texts: new Set([...values, ...values.map(unescapeGlob)]),
  lookUps: 1,
});

/** The comparison makes literal marks wildcards again before it lets letter case go. */
const sortCaseless = (values: readonly string[]): SortedList => ({
  ...unsorted,
  texts: new Set(values.map((value) => unescapeGlob(value).toLowerCase())),
  lookUps: 1,
  caseless: true,
});

/** @param byArn whether segments are matched one by one: a beginning must hold the first five then */
function sortGlobs(values: readonly string[], byArn: boolean): SortedList {
  const texts = new Set<string>();
  const beginnings = new Map<number, Set<string>>();
  const rest: string[] = [];
  for (const value of values) {
    const at = wildcardAt(value);
    const start = at === -1 ? value : value.slice(0, at);
    const isPlain = at === -1 || (at === value.length - 1 && value.endsWith('*'));
    if (!isPlain || (byArn && !hasArnSegments(start))) rest.push(value);
    else if (at === -1) texts.add(unescapeGlob(value));
    else beginnings.set(start.length, (beginnings.get(start.length) ?? new Set()).add(unescapeGlob(start)));
  }
  return { texts, beginnings, lookUps: 1 + beginnings.size, rest, caseless: false };
}

type Sorter = (values: readonly string[]) => SortedList;

/** Keeps what was sorted as long as the list itself is kept. */
function keeping(sort: Sorter): Sorter {
  const known = new WeakMap<readonly string[], SortedList>();
  return (values) => {
    const before = known.get(values);
    if (before !== undefined) return before;
    const fresh = sort(values);
    known.set(values, fresh);
    return fresh;
  };
}

const sorters: ReadonlyMap<Comparison, Sorter> = new Map([
  ['StringEquals', keeping(sortTexts)],
  ['StringEqualsIgnoreCase', keeping(sortCaseless)],
  ['StringLike', keeping((values) => sortGlobs(values, false))],
  ['ArnLike', keeping((values) => sortGlobs(values, true))],
]);

/** A long list as the comparison goes through it. */
export function sortedList(comparison: Comparison, values: readonly string[]): SortedList {
  return sorters.get(comparison)?.(values) ?? { ...unsorted, rest: values };
}

/** Whether looking up is enough to tell that one of the values matches. */
export function isListed({ texts, beginnings, caseless }: SortedList, given: string): boolean {
  if (texts.has(caseless ? given.toLowerCase() : given)) return true;
  for (const [length, starts] of beginnings) if (starts.has(given.slice(0, length))) return true;
  return false;
}
