import type { Condition } from '../iam/condition.ts';
import { escapeGlob, globCovers, globMatches, wildcardAt } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';
import { beginningWith, meeting, startOf } from './glob-index.ts';
import type { Goal } from './goal.ts';
import type { Denying, Question } from './question.ts';

/**
 * Some of the texts that a key can be: all that are like one glob, and like none of some narrower ones. Of a key that a
 * request carries with one value.
 */
export interface Region {
  readonly key: string;
  readonly like: string;
  readonly unlike: ReadonlySet<string>;
}

/** Whether a glob takes in all that another does. */
export function takesInGlob(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  const at = wildcardAt(wide);
  return at !== -1 && narrow.startsWith(wide.slice(0, at)) && globCovers(wide, narrow);
}

/**
 * Beyond so many globs that begin alike, as no policy has that is not made to cost, it is left open which of them take
 * in others.
 */
const maxAlike = 600;

/** The longest part of a glob without wildcards, which all that it takes in hold. */
const longestPart = remembering((glob) =>
  glob.split(/[*?]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
);

/** The globs of a list that take in less than the given one, and nothing else. */
export function narrowerThan(glob: string, globs: readonly string[]): ReadonlySet<string> {
  const at = globs.length === 0 ? -1 : wildcardAt(glob);
  if (at === -1) return noGlobs;
  let found: Set<string> | undefined;
  const alike = beginningWith(globs, glob.slice(0, at));
  if (alike.length > maxAlike) return noGlobs;
  const part = longestPart(glob);
  for (const other of alike) {
    if (!other.includes(part) || !globCovers(glob, other) || takesInGlob(other, glob)) continue;
    found ??= new Set();
    found.add(other);
  }
  return found ?? noGlobs;
}

const noGlobs: ReadonlySet<string> = new Set();

/** Whether two globs may have a text in common: where what they begin with differs, they have none. */
export function mayMeet(one: string, other: string): boolean {
  const [start, there] = [startOf(one), startOf(other)];
  if (start === one) return globMatches(other, one);
  if (there === other) return globMatches(one, other);
  return start.startsWith(there) || there.startsWith(start);
}

/** Whether a glob says something about some of the region's texts. */
function speaksOf(glob: string, { like, unlike }: Region): boolean {
  if (unlike.has(glob) || !mayMeet(glob, like)) return false;
  for (const other of unlike) if (takesInGlob(other, glob)) return false;
  return true;
}

/** The values that are about texts of the region, as they are compared; undefined where one of them takes in all. */
function valuesWithin(
  values: readonly string[],
  asGlob: (value: string) => string,
  region: Region,
): readonly string[] | undefined {
  let left: readonly string[] = none;
  for (const value of meeting(values, startOf(region.like))) {
    const glob = asGlob(value);
    if (takesInGlob(glob, region.like)) return undefined;
    if (speaksOf(glob, region)) left = withOne(left, value);
  }
  return left;
}

const asItIs = (value: string) => value;

/** Whether a condition holds for all texts of the region, or for none; else the condition, with the values that are about them. */
function within(condition: Condition, region: Region): boolean | Condition {
  const { key, operator, values, variables } = condition;
  const { comparison, negated } = operator;
  const isLike = comparison === 'StringLike';
  if (key !== region.key || variables || !(isLike || comparison === 'StringEquals')) return condition;
  const left = valuesWithin(values, isLike ? asItIs : escapeGlob, region);
  if (left === undefined) return !negated;
  if (left.length === 0) return negated;
  return left.length === values.length ? condition : { ...condition, values: left };
}

/** What is left of goals in the region; undefined where one of them cannot be met there. */
function goalsWithin(goals: readonly Goal[], region: Region): readonly Goal[] | undefined {
  let left: readonly Goal[] = none;
  for (let i = 0; i < goals.length; i += 1) {
    const goal = goals[i] as Goal;
    const condition = within(goal.condition, region);
    if (condition === !goal.wanted) return undefined;
    if (typeof condition !== 'boolean')
      left = withOne(left, condition === goal.condition ? goal : { condition, wanted: goal.wanted });
  }
  return left;
}

/** What is left of a Deny in the region; undefined where it stops nobody there. */
function denyingWithin(denying: Denying, region: Region): Denying | undefined {
  if (!denying.conditions.some(({ key }) => key === region.key)) return denying;
  let conditions: readonly Condition[] = none;
  for (const one of denying.conditions) {
    const condition = within(one, region);
    if (condition === false) return undefined;
    if (condition !== true) conditions = withOne(conditions, condition);
  }
  return { statement: denying.statement, conditions };
}

/** Whether a condition of the question is on the key. */
const namesKey = ({ goals, denies }: Question, key: string): boolean =>
  goals.some(({ condition }) => condition.key === key) ||
  denies.some(({ conditions }) => conditions.some((condition) => condition.key === key));

/**
 * The question as it is for the texts of a region alone, so that its size does not grow with all that the policies name
 * beside them; undefined where nobody can be let in.
 * @param outside what keeps a caller outside, where that is about the region's key: the question asks no more for it
 */
export function questionWithin(
  question: Question,
  region: Region,
  outside: readonly Goal[],
): Question | undefined {
  if (question.budget.left <= 0) return question;
  if (outside.length === 0 && !namesKey(question, region.key)) return question;
  const goals = goalsWithin(outside.length === 0 ? question.goals : [...question.goals, ...outside], region);
  if (goals === undefined) return undefined;
  let denies: readonly Denying[] = none;
  for (let i = 0; i < question.denies.length; i += 1) {
    const denying = denyingWithin(question.denies[i] as Denying, region);
    if (denying !== undefined) denies = withOne(denies, denying);
  }
  return { ...question, goals, denies, zone: { ...question.zone, paths: none, tenants: none } };
}
