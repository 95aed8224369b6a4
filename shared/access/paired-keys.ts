import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Caller } from './caller.ts';
import { type Goal, madeCondition } from './goal.ts';
import { namesAny } from './mentions.ts';
import { mfaGoals } from './outside-goals.ts';
import { assumedRoot, chain, tagKeys, tagPrefix, viaService } from './pair-names.ts';
import type { Question } from './question.ts';

type Way = readonly Goal[];

const goal = (condition: Goal['condition'], wanted: boolean): Goal => ({ condition, wanted });

/** Each way of the one with each of the other. */
const withEach = (ways: readonly Way[], others: readonly Way[]): readonly Way[] =>
  gather(ways, (way) => others.map((other) => [...way, ...other]));

const byService = madeCondition(viaService, 'Bool', ['true']);
const bySelf = [
  goal(byService, false),
  ...chain.map((key) => goal(madeCondition(key, 'Null', ['true']), true)),
];

/**
 * Only what a service asks for with a principal's credentials says which service that is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
const chainWays: readonly Way[] = [bySelf, [goal(byService, true)]];

/** More tags than these are taken apart from the list of their keys: each doubles the work, and more. */
const maxTags = 2;

/**
 * The keys of all tags of a request stand in a list. A tag may have an empty value, and is listed then as well.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tagkeys
 */
function tagWays(key: string): readonly Way[] {
  const one = madeCondition(tagKeys, 'StringEqualsIgnoreCase', [key.slice(tagPrefix.length)]);
  const listed = { ...one, operator: { ...one.operator, quantifier: 'any' as const } };
  const lacks = madeCondition(key, 'Null', ['true']);
  return [
    [goal(listed, false), goal(lacks, true)],
    [goal(listed, true), goal(lacks, false)],
    [goal(listed, true), goal(madeCondition(key, 'StringEquals', ['']), true)],
  ];
}

const notAssumed: readonly Way[] = [[goal(madeCondition(assumedRoot, 'Bool', ['true']), false)]];

/**
 * The session of AssumeRoot is a root user's, and of other callers none is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
const rootWays = (caller: Caller): readonly Way[] =>
  (caller.sort === 'aws' || caller.sort === 'canonical') && caller.form !== 'root' ? notAssumed : [none];

/** The ways in which keys that say something of each other can stand together; one without goals as a rule. */
export function waysOf(question: Question, caller: Caller): readonly Way[] {
  const { mentions } = question;
  const { keys } = mentions;
  let ways = mfaGoals(question);
  if (!mentions.pairedKeys) return ways;
  if (keys.has(viaService) && namesAny(mentions, chain)) ways = withEach(ways, chainWays);
  if (keys.has(assumedRoot)) ways = withEach(ways, rootWays(caller));
  if (!keys.has(tagKeys)) return ways;
  const tags = [...keys].filter((key) => key.startsWith(tagPrefix)).slice(0, maxTags);
  for (const tag of tags) ways = withEach(ways, tagWays(tag));
  return ways;
}
