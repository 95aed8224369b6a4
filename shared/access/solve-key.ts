import { parseAddressRange, privateRanges } from '../iam/address-range.ts';
import type { Condition, KeyValue } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { type Budget, spend } from './budget.ts';
import { costOf, spendOnLong } from './cost.ts';
import type { Domain } from './domain.ts';
import { filledValues, type Goal, type LookUp, meets, timeKey } from './goal.ts';
import { patternsOf } from './goal-patterns.ts';
import { asksForMatch, edges, textCandidates } from './key-candidates.ts';
import { placesLike } from './organization-path.ts';
import { classes, globPattern, many, one, type Pattern } from './pattern.ts';
import { findWord, holds } from './word-search.ts';

/** A value that meets all goals of a key, or that there is none, or that the search went beyond its bounds. */
export type KeyAnswer =
  | { readonly state: 'found'; readonly value: KeyValue }
  | { readonly state: 'none' | 'unknown' };

type Open = Extract<Domain, { state: 'open' }>;

/** One key, what values it can have, and what they must do. */
export interface KeyProblem {
  readonly key: string;
  readonly domain: Domain;
  readonly goals: readonly Goal[];
  readonly lookUp: LookUp;
  readonly budget: Budget;
}

type OpenProblem = KeyProblem & { readonly domain: Open };

const found = (value: KeyValue): KeyAnswer => ({ state: 'found', value });
const none: KeyAnswer = { state: 'none' };
const unknown: KeyAnswer = { state: 'unknown' };

const maxEdges = 400;

const noTexts: readonly string[] = [];

/** Keys of several values of which one account has one: its place in its organization. */
const isPlace = /^aws:(?:principal|resource|source|vpce)orgpaths$/;

/** Among so few, to try one twice costs less than to find that it is there twice. */
const few = 12;

/** So many of the edges. */
const firstEdges = (texts: readonly string[]): readonly string[] =>
  texts.length <= few ? texts : [...new Set(texts)].slice(0, maxEdges);

const isPrivate = remembering((text) => {
  const address = parseAddressRange(text);
  if (address === undefined) return false;
  return privateRanges.some(
    ({ family, first, last }) => family === address.family && first <= address.first && address.first <= last,
  );
});

/** Whether a text that the domain does not refuse can be the key's value. */
function fits({ key, domain }: OpenProblem, text: string): boolean {
  if (key === 'aws:sourceip' && isPrivate(text)) return false;
  // Requests are made now or later; the year 9999 is the last that is written with four digits.
  if (key === timeKey) return Number(text) >= Number(domain.fresh[0]) && Number(text) < 253_402_300_800;
  if (text === '' && domain.multiValued) return false;
  if (domain.accepts !== undefined || domain.shape === undefined) return true;
  return domain.shape(noTexts).some((pattern) => holds(pattern, text));
}

function allMeet(goals: readonly Goal[], value: KeyValue, lookUp: LookUp): boolean {
  for (let i = 0; i < goals.length; i += 1) if (!meets(goals[i] as Goal, value, lookUp)) return false;
  return true;
}

/** Tries texts one by one: the first that works, or undefined; `unknown` when the budget runs out. */
function firstThatWorks(problem: OpenProblem, texts: readonly string[], cost: number): KeyAnswer | undefined {
  const { goals, lookUp, domain, budget } = problem;
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i] as string;
    const isRefused = domain.accepts?.(text) === false;
    if (!spend(budget, (isRefused ? 1 : cost) + (text.length >> 4))) return unknown;
    if (isRefused) continue;
    const value = domain.multiValued ? [text] : text;
    if (allMeet(goals, value, lookUp) && fits(problem, text)) return found(value);
  }
  return undefined;
}

/** All that an ARN pattern can match. */
const someArn: readonly Pattern[] = [globPattern('*:*:*:*:*:*')];

/** Any text that is not empty: an empty value is as good as none. */
const someText: readonly Pattern[] = [[one(classes.anything), many(classes.anything)]];

const isOfPresence = ({ condition }: Goal) => condition.operator.comparison === 'Null';

function searchText({ key, domain, goals, lookUp, budget }: OpenProblem): KeyAnswer {
  const named = isPlace.test(key)
    ? gather(goals, ({ condition }) => filledValues(condition, lookUp))
    : noTexts;
  const wanted: (readonly Pattern[])[] = [domain.shape?.(named) ?? someText];
  const unwanted: Pattern[] = [];
  if (!allMeet(goals.filter(isOfPresence), 'present', lookUp)) return none;
  for (const goal of goals) {
    if (isOfPresence(goal)) continue;
    const patterns = patternsOf(goal, lookUp);
    if (patterns === undefined) return none;
    if (!asksForMatch(goal)) unwanted.push(...patterns);
    else wanted.push(patterns, goal.condition.operator.comparison === 'ArnLike' ? someArn : someText);
  }
  const word = findWord(wanted, unwanted, budget);
  return word.state === 'found' ? found(word.text) : { state: word.state };
}

/** Whether the goal asks for one of a few texts, all of which have been tried. */
function isEnumerated(goal: Goal, lookUp: LookUp): boolean {
  const { comparison } = goal.condition.operator;
  if (!asksForMatch(goal) || comparison === 'Null') return false;
  if (comparison === 'StringEquals' || comparison === 'BinaryEquals') return true;
  if (comparison !== 'StringLike' && comparison !== 'ArnLike') return false;
  return !filledValues(goal.condition, lookUp).some(hasWildcard);
}

/** Whether another goal forbids all the texts that this one asks for, whatever variables in them stand for. */
export function isContradicted(goal: Goal, goals: readonly Goal[]): boolean {
  const { comparison } = goal.condition.operator;
  if (!asksForMatch(goal) || comparison === 'Null' || comparison === 'ArnLike') return false;
  return isForbidden(goal.condition, goals);
}

function isForbidden(
  { operator: { comparison }, values, variables }: Condition,
  goals: readonly Goal[],
): boolean {
  return goals.some(({ condition, wanted }) => {
    if (asksForMatch({ condition, wanted }) || condition.variables !== variables) return false;
    if (condition.operator.comparison !== comparison) return false;
    const forbidden = new Set(condition.values);
    return values.every((value) => forbidden.has(value));
  });
}

function candidatesOf({ key, domain, lookUp }: OpenProblem, goal: Goal): readonly string[] {
  const texts = textCandidates(goal, lookUp);
  if (!isPlace.test(key)) return texts;
  return [
    ...texts,
    ...gather(filledValues(goal.condition, lookUp), (glob) => placesLike(glob, domain.fresh)),
  ];
}

function solveText(problem: OpenProblem, cost: number): KeyAnswer {
  const { goals, lookUp } = problem;
  for (let i = 0; i < goals.length; i += 1) {
    const goal = goals[i] as Goal;
    const tried = asksForMatch(goal) ? firstThatWorks(problem, candidatesOf(problem, goal), cost) : undefined;
    if (tried !== undefined) return tried;
  }
  for (let i = 0; i < goals.length; i += 1) {
    const goal = goals[i] as Goal;
    if (isEnumerated(goal, lookUp) || isContradicted(goal, goals)) return none;
  }
  const tried = firstThatWorks(problem, firstEdges(edges(problem.key, problem.domain, goals, lookUp)), cost);
  if (tried !== undefined) return tried;
  const answer = searchText(problem);
  if (answer.state !== 'found' || typeof answer.value !== 'string') return answer;
  return firstThatWorks(problem, [answer.value], cost) ?? unknown;
}

/** One present value. */
function solveValue(problem: OpenProblem): KeyAnswer {
  const { domain, goals, lookUp, key } = problem;
  const cost = costOf(goals);
  const fresh = firstThatWorks(problem, domain.fresh, cost);
  if (fresh !== undefined) return fresh;
  if (domain.type === 'text') return solveText(problem, cost);
  const texts =
    domain.type === 'number'
      ? gather(goals.filter(asksForMatch), (goal) => textCandidates(goal, lookUp))
      : [];
  const tried = firstEdges([...edges(key, domain, goals, lookUp), ...texts]);
  return firstThatWorks(problem, tried, cost) ?? none;
}

/** Several values: each that some goal asks for beside what all must obey. */
function solveList(problem: OpenProblem): KeyAnswer {
  const { goals, lookUp } = problem;
  const forSome = ({ condition, wanted }: Goal) => (condition.operator.quantifier === 'all') !== wanted;
  const all = goals.filter((goal) => !forSome(goal));
  const values: string[] = [];
  for (const goal of goals.filter(forSome)) {
    const answer = solveValue({ ...problem, goals: [...all, goal] });
    if (answer.state !== 'found') return answer;
    const value = answer.value ?? [];
    values.push(...(typeof value === 'string' ? [value] : value));
  }
  const list = [...new Set(values)];
  return allMeet(goals, list, lookUp) ? found(list) : none;
}

/** Whether a request can carry the key with several values. */
const mayHaveSeveral = ({ key, domain }: OpenProblem): boolean =>
  domain.multiValued ? !isPlace.test(key) : keyFacts(key).unheard;

/**
 * A value of the key, or its absence, that meets all goals.
 * @param present whether the key must be there
 */
export function solveKey(problem: KeyProblem, present = false): KeyAnswer {
  if (isOpen(problem)) return solveOpen(problem, present);
  const { domain, goals, lookUp, budget } = problem;
  if (domain.state !== 'fixed') return none;
  for (let i = 0; i < goals.length; i += 1)
    if (!spendOnLong(budget, (goals[i] as Goal).condition)) return unknown;
  return allMeet(goals, domain.value, lookUp) ? found(domain.value) : none;
}

const isOpen = (problem: KeyProblem): problem is OpenProblem => problem.domain.state === 'open';

/** Whether a request can carry the key with an empty text: a tag, a header, what a service knows. */
function mayBeEmpty({ key, domain: { type, presence, multiValued, shape } }: OpenProblem): boolean {
  if (type !== 'text' || presence === 'always' || multiValued) return false;
  return shape === undefined || key.includes('tag/');
}

function solveOpen(problem: OpenProblem, present: boolean): KeyAnswer {
  const { domain, goals, lookUp } = problem;
  const mayLack = domain.presence !== 'always' && !present;
  if (mayLack && allMeet(goals, undefined, lookUp)) return found(undefined);
  const answer = solveValue(problem);
  if (answer.state === 'none' && !present && mayBeEmpty(problem) && allMeet(goals, '', lookUp))
    return found('');
  if (answer.state === 'found' || !mayHaveSeveral(problem)) return answer;
  const several = solveList(problem);
  return several.state === 'found' ? several : answer;
}
