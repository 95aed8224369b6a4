import { type AddressRange, formatAddress, parseAddressRange, privateRanges } from '../iam/address-range.ts';
import { parseDate, parseNumber } from '../iam/comparison.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard, sampleOf, unescapeGlob } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';
import type { Domain } from './domain.ts';
import { filledValues, type Goal, type LookUp, timeKey } from './goal.ts';

/** Whether the goal asks for a value that matches (rather than one that matches none). */
export function asksForMatch({ condition, wanted }: Goal): boolean {
  return condition.operator.negated !== wanted;
}

/** An address in the range, its first, and the one after it. */
function edgesOfRange({ family, first, last }: AddressRange): readonly string[] {
  return [first < last ? first + 1n : first, first, last + 1n]
    .map((address) => formatAddress(family, address))
    .filter((text) => parseAddressRange(text) !== undefined);
}

const edgesOfText = remembering((text): readonly string[] => {
  const range = parseAddressRange(text);
  return range === undefined ? [] : edgesOfRange(range);
});

const edgesOfPrivate = privateRanges.flatMap(edgesOfRange);

/** The edges of the ranges: a set of addresses that is not empty has one of these in it. */
const addresses = (values: readonly string[]): readonly string[] => [
  ...gather(values, edgesOfText),
  ...edgesOfPrivate,
];

/** An address that a text pattern of one matches: `203.0.113.*`, or what there is of it (`10.*`). */
function addressLike(pattern: string): string {
  const parts = sampleOf(pattern, '7').split('.');
  return [...parts, '7', '7', '7'].slice(0, Math.max(4, parts.length)).join('.');
}

/** The numbers named, those beside them, and those between. */
function numbers(values: readonly string[]): readonly string[] {
  const named = [...new Set(values.map(parseNumber).filter(Number.isFinite))].sort((a, b) => a - b);
  const between = named.map((number, i) => (number + (named[i + 1] ?? number + 2)) / 2);
  return ['0', ...[...gather(named, (number) => [number, number + 1, number - 1]), ...between].map(String)];
}

const secondMs = 1000;

/** The times named and a second beside them; as seconds since 1970, or in ISO 8601. */
function times(values: readonly string[], seconds: boolean): readonly string[] {
  return values
    .map(parseDate)
    .filter(Number.isFinite)
    .flatMap((time) => [time, time + secondMs, time - secondMs])
    .filter((time) => Math.abs(time) < 8e15)
    .map((time) => (seconds ? String(Math.floor(time / secondMs)) : new Date(time).toISOString()));
}

/** An ARN whose region is left open, in one that there is. */
const inRegion = (arn: string) =>
  arn.includes(':*:') ? arn.replace(/^(arn:[^:]*:[^:]*:)\*(?=:)/, '$1us-east-1') : arn;

/** Texts that match a goal's values: as they are, or with wildcards filled. */
export function textCandidates({ condition }: Goal, lookUp: LookUp): readonly string[] {
  const { comparison } = condition.operator;
  const isGlob = comparison === 'StringLike' || comparison === 'ArnLike';
  let texts: readonly string[] = none;
  const list = filledValues(condition, lookUp);
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i] as string;
    if (!isGlob || !hasWildcard(value)) texts = withOne(texts, unescapeGlob(value));
    else texts = withOne(withOne(texts, sampleOf(inRegion(value), 'outsider')), sampleOf(value, ''));
  }
  return texts;
}

/** Values other than texts that are worth trying: the edges of what the goals name. */
export function edges(
  key: string,
  { type }: Extract<Domain, { state: 'open' }>,
  goals: readonly Goal[],
  lookUp: LookUp,
): readonly string[] {
  const values = gather(goals, ({ condition }) => filledValues(condition, lookUp));
  const isCompared = (start: string) =>
    goals.some(({ condition }) => condition.operator.comparison.startsWith(start));
  return [
    ...(type === 'truth' ? ['true', 'false'] : []),
    ...(type === 'address' || isCompared('IpAddress') ? addresses(values) : []),
    ...(type === 'address' && isCompared('StringLike')
      ? values.map(addressLike).filter((text) => parseAddressRange(text) !== undefined)
      : []),
    ...(isCompared('Numeric') ? numbers(values) : []),
    ...(type === 'date' || isCompared('Date') ? times(values, key === timeKey) : []),
  ];
}
