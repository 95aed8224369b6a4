import { formatAddress, parseAddressRange, privateRanges } from '../iam/address-range.ts';
import { parseDate, parseNumber } from '../iam/comparison.ts';
import type { KeyValue } from '../iam/condition.ts';
import { hasWildcard, sampleOf, unescapeGlob } from '../iam/glob.ts';
import type { Domain } from './domain.ts';
import { filledValues, type Goal, type LookUp, meets } from './goal.ts';
import { arnPattern, caselessPattern, globPattern, type Pattern, textPattern } from './pattern.ts';
import { findWord, holds } from './word-search.ts';

/** A value that meets all goals of a key, or that there is none, or that the search went beyond its bounds. */
export type KeyAnswer =
  | { readonly state: 'found'; readonly value: KeyValue }
  | { readonly state: 'none' | 'unknown' };

type Open = Extract<Domain, { state: 'open' }>;

const found = (value: KeyValue): KeyAnswer => ({ state: 'found', value });
const maxCandidates = 400;
/** The time of the request, in seconds since 1970: now or later. */
const timeKey = 'aws:epochtime';

/** Whether the goal asks for a value that matches (rather than one that matches none). */
function asksForMatch({ condition, wanted }: Goal): boolean {
  return condition.operator.negated !== wanted;
}

function addressCandidates(values: readonly string[]): readonly string[] {
  const ranges = values.flatMap((value) => parseAddressRange(value) ?? []);
  return ranges
    .concat(privateRanges)
    .flatMap(({ family, first, last }) => [
      formatAddress(family, first),
      formatAddress(family, first + 1n),
      formatAddress(family, last + 1n),
    ])
    .filter((text) => parseAddressRange(text) !== undefined);
}

function isPrivate(text: string): boolean {
  const address = parseAddressRange(text);
  if (address === undefined) return false;
  return privateRanges.some(
    ({ family, first, last }) => family === address.family && first <= address.first && address.first <= last,
  );
}

function numberCandidates(values: readonly string[]): readonly string[] {
  const numbers = [...new Set(values.map(parseNumber).filter(Number.isFinite))].sort((a, b) => a - b);
  const between = numbers.map((number, i) => (number + (numbers[i + 1] ?? number + 2)) / 2);
  return [...numbers.flatMap((number) => [number, number + 1, number - 1]), ...between].map(String);
}

function dateCandidates(values: readonly string[], seconds: boolean): readonly string[] {
  const second = 1000;
  return values
    .map(parseDate)
    .filter(Number.isFinite)
    .flatMap((time) => [time, time + second, time - second])
    .filter((time) => Math.abs(time) < 8e15)
    .map((time) => (seconds ? String(Math.floor(time / second)) : new Date(time).toISOString()));
}

/** Texts that match a goal's values: as they are, or with wildcards filled. */
function textCandidates({ condition }: Goal, lookUp: LookUp): readonly string[] {
  const { comparison } = condition.operator;
  const values = filledValues(condition, lookUp);
  if (comparison !== 'StringLike' && comparison !== 'ArnLike') return values.map(unescapeGlob);
  return values.flatMap((value) => [sampleOf(value, 'outsider'), sampleOf(value, '')]);
}

function candidates(key: string, domain: Open, goals: readonly Goal[], lookUp: LookUp): readonly string[] {
  const values = goals.flatMap(({ condition }) => filledValues(condition, lookUp));
  const comparisons = goals.map(({ condition }) => condition.operator.comparison);
  const list = [...domain.fresh];
  if (domain.type === 'truth') list.push('true', 'false');
  if (domain.type === 'address' || comparisons.includes('IpAddress')) list.push(...addressCandidates(values));
  if (comparisons.some((name) => name.startsWith('Numeric'))) list.push('0', ...numberCandidates(values));
  if (domain.type === 'date' || comparisons.some((name) => name.startsWith('Date'))) {
    list.push(...dateCandidates(values, key === timeKey));
  }
  if (domain.type === 'text' || domain.type === 'number') {
    for (const goal of goals) if (asksForMatch(goal)) list.push(...textCandidates(goal, lookUp));
  }
  return list;
}

function fits(key: string, domain: Open, text: string): boolean {
  if (key === 'aws:sourceip' && isPrivate(text)) return false;
  if (key === timeKey && !(parseDate(text) >= parseDate(domain.fresh[0] ?? ''))) return false;
  if (domain.accepts !== undefined) return domain.accepts(text);
  return domain.shape === undefined || domain.shape().some((pattern) => holds(pattern, text));
}

/** A short pattern may match when a match is asked for, and need not when none is. */
function arnPatterns(value: string, asked: boolean): readonly Pattern[] {
  const whole = arnPattern(value);
  if (whole !== undefined) return [whole];
  return asked ? [globPattern(value), globPattern(`${value}:*`)] : [];
}

/** The patterns of a goal's values, or undefined when they are not texts to search among. */
function patternsOf(goal: Goal, lookUp: LookUp): readonly Pattern[] | undefined {
  const { condition } = goal;
  const { comparison } = condition.operator;
  const values = filledValues(condition, lookUp);
  if (comparison === 'StringLike') return values.map((value) => globPattern(value));
  if (comparison === 'ArnLike') return values.flatMap((value) => arnPatterns(value, asksForMatch(goal)));
  if (comparison === 'StringEqualsIgnoreCase') return values.map(caselessPattern);
  if (comparison === 'StringEquals' || comparison === 'BinaryEquals') return values.map(textPattern);
  return undefined;
}

function searchText(domain: Open, goals: readonly Goal[], lookUp: LookUp): KeyAnswer {
  const wanted: (readonly Pattern[])[] = domain.shape === undefined ? [] : [domain.shape()];
  const unwanted: Pattern[] = [];
  for (const goal of goals) {
    if (goal.condition.operator.comparison === 'Null') {
      if (!meets(goal, 'present', lookUp)) return { state: 'none' };
      continue;
    }
    const patterns = patternsOf(goal, lookUp);
    if (patterns === undefined) return { state: 'none' };
    if (asksForMatch(goal)) wanted.push(patterns);
    else unwanted.push(...patterns);
  }
  const word = findWord(wanted, unwanted);
  return word.state === 'found' ? found(word.text) : { state: word.state };
}

/** Whether the goal asks for one of a few texts, all of which are among the candidates. */
function isEnumerated(goal: Goal, lookUp: LookUp): boolean {
  const { comparison } = goal.condition.operator;
  if (!asksForMatch(goal) || comparison === 'Null') return false;
  if (comparison === 'StringEquals' || comparison === 'BinaryEquals') return true;
  if (comparison !== 'StringLike' && comparison !== 'ArnLike') return false;
  return filledValues(goal.condition, lookUp).every((value) => !hasWildcard(value));
}

/** Whether another goal forbids all the texts that this one asks for. */
function isContradicted(goal: Goal, goals: readonly Goal[]): boolean {
  if (!asksForMatch(goal) || goal.condition.variables) return false;
  const { operator, values } = goal.condition;
  return goals.some(
    (other) =>
      !asksForMatch(other) &&
      !other.condition.variables &&
      other.condition.operator.comparison === operator.comparison &&
      operator.comparison !== 'Null' &&
      values.every((value) => other.condition.values.includes(value)),
  );
}

/** One present value. */
function solveValue(key: string, domain: Open, goals: readonly Goal[], lookUp: LookUp): KeyAnswer {
  const wrap = (text: string): KeyValue => (domain.multiValued ? [text] : text);
  const works = (text: string) => {
    const value = wrap(text);
    for (const goal of goals) if (!meets(goal, value, lookUp)) return false;
    return fits(key, domain, text);
  };
  for (const text of domain.fresh) if (works(text)) return found(wrap(text));
  if (domain.type === 'text') {
    for (const goal of goals) {
      if (!asksForMatch(goal)) continue;
      for (const text of textCandidates(goal, lookUp)) if (works(text)) return found(wrap(text));
    }
  }
  if (
    domain.type === 'text' &&
    goals.some((goal) => isEnumerated(goal, lookUp) || isContradicted(goal, goals))
  ) {
    return { state: 'none' };
  }
  for (const text of candidates(key, domain, goals, lookUp).slice(0, maxCandidates))
    if (works(text)) return found(wrap(text));
  if (domain.type !== 'text') return { state: 'none' };
  const answer = searchText(domain, goals, lookUp);
  if (answer.state !== 'found' || typeof answer.value !== 'string') return answer;
  return works(answer.value) ? found(wrap(answer.value)) : { state: 'unknown' };
}

/** Several values: each that some goal asks for beside what all must obey. */
function solveList(key: string, domain: Open, goals: readonly Goal[], lookUp: LookUp): KeyAnswer {
  const forSome = ({ condition, wanted }: Goal) => (condition.operator.quantifier === 'all') !== wanted;
  const all = goals.filter((goal) => !forSome(goal));
  const values: string[] = [];
  for (const goal of goals.filter(forSome)) {
    const answer = solveValue(key, domain, [...all, goal], lookUp);
    if (answer.state !== 'found') return answer;
    if (answer.value !== undefined)
      values.push(...(typeof answer.value === 'string' ? [answer.value] : answer.value));
  }
  const list = [...new Set(values)];
  return goals.every((goal) => meets(goal, list, lookUp)) ? found(list) : { state: 'none' };
}

/** A value of the key, or its absence, that meets all goals. */
export function solveKey(
  key: string,
  domain: Domain,
  goals: readonly Goal[],
  lookUp: LookUp,
  present = false,
): KeyAnswer {
  const works = (value: KeyValue) => goals.every((goal) => meets(goal, value, lookUp));
  if (domain.state === 'fixed') return works(domain.value) ? found(domain.value) : { state: 'none' };
  const mayLack = domain.presence !== 'always' && !present;
  if (mayLack && domain.presence === 'optional' && works(undefined)) return found(undefined);
  const answer = solveValue(key, domain, goals, lookUp);
  if (answer.state === 'found') return answer;
  if (mayLack && works(undefined)) return found(undefined);
  if (!domain.multiValued || key === 'aws:principalorgpaths') return answer;
  const several = solveList(key, domain, goals, lookUp);
  return several.state === 'found' ? several : answer;
}
