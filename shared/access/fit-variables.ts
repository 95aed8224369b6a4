import { arnSegments } from '../iam/arn-pattern.ts';
import type { KeyValue } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { escapeGlob, hasWildcard } from '../iam/glob.ts';
import type { Comparison } from '../iam/operator.ts';
import { fillVariables, readVariable } from '../iam/variable.ts';
import {
  type Assignment,
  lookUpIn,
  type Outcome,
  settle,
  settleDependents,
  variablesOf,
} from './assignment.ts';
import { type Goal, type LookUp, madeCondition, mayHold } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { domainOf } from './key-domain.ts';
import { isContradicted, solveKey } from './solve-key.ts';
import type { Frame } from './usual-request.ts';

/** The variables' keys without values, so that defaults count; undefined where one of them must have one. */
function withoutVariables(
  { setting }: Frame,
  assignment: Assignment,
  named: readonly string[],
): Assignment | undefined {
  const branch = new Map(assignment);
  const lookUp = lookUpIn(assignment, setting);
  for (const key of named) {
    const goals = branch.get(key)?.goals ?? [];
    const domain = domainOf(key, setting);
    if (domain.state === 'open' && domain.presence === 'always') return undefined;
    if (!goals.every(({ condition, wanted }) => mayHold(condition, wanted, undefined, lookUp)))
      return undefined;
    branch.set(key, { goals, value: undefined });
  }
  return branch;
}

/** The key of a value's first variable with the text that makes the value match `whole`. */
function withVariable(
  frame: Frame,
  assignment: Assignment,
  value: string,
  whole: string,
): Assignment | undefined {
  const read = readVariable(value, whole);
  if (read === undefined) return undefined;
  const branch = new Map(assignment);
  const goal = { condition: madeCondition(read.key, 'StringEquals', [read.value]), wanted: true };
  const goals = [...(branch.get(read.key)?.goals ?? []), goal];
  return settle(frame, branch, read.key, goals) === 'met' ? branch : undefined;
}

/** Stands for whatever a variable may stand for. */
const anyText = '\uE002';

/** Whether a value matches one text only. */
const isExact = (comparison: Comparison, value: string): boolean =>
  comparison === 'StringEquals' ||
  ((comparison === 'StringLike' || comparison === 'ArnLike') && !hasWildcard(value));

/** The value that a key must have: of what the caller settles, or the one that a goal asks for. */
function onlyValue({ setting }: Frame, assignment: Assignment, key: string): KeyValue {
  const domain = domainOf(key, setting);
  if (domain.state === 'fixed') return domain.value;
  const lookUp = lookUpIn(assignment, setting);
  for (const goal of assignment.get(key)?.goals ?? []) {
    const { operator, values, variables } = goal.condition;
    const [value, ...others] = values;
    if (value === undefined || others.length > 0 || variables || !isExact(operator.comparison, value))
      continue;
    if (asksForMatch(goal) && !mayHold(goal.condition, goal.wanted, undefined, lookUp)) return value;
  }
  return anyText;
}

/** Whether what matches a value, variables filled in, by the one comparison matches it by the other too. */
function implies(one: Comparison, other: Comparison, value: string): boolean {
  // A short pattern of ARNs may match or not.
  if (one === other) return one !== 'ArnLike' || arnSegments(value) !== undefined;
  const isOfText = other === 'StringEquals' || other === 'StringEqualsIgnoreCase' || other === 'StringLike';
  return isOfText && isExact(one, value);
}

/** Whether a goal forbids the value to the letter, whatever variables in it stand for. */
const isForbidden = (value: string, comparison: Comparison, goals: readonly Goal[]): boolean =>
  goals.some((goal) => {
    const { operator, variables, values } = goal.condition;
    if (!variables || asksForMatch(goal) || !values.includes(value)) return false;
    return implies(comparison, operator.comparison, value);
  });

/** Comparisons of texts, which a text that stands for many can loosen. */
const ofTexts: ReadonlySet<Comparison> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnLike',
]);

/**
 * A goal that holds whenever the given one can, whatever its variables stand for; undefined where that says nothing.
 * @param only the value that a key must have, or `anyText`
 */
function loosened(goal: Goal, goals: readonly Goal[], only: LookUp): Goal | undefined {
  const { values, key, operator } = goal.condition;
  const { comparison } = operator;
  const fill = (value: string) => fillVariables(value, only);
  const isOpen = (value: string) => value.includes(anyText);
  if (!asksForMatch(goal)) {
    const settled = gather(values, fill).filter((value) => !isOpen(value));
    const condition = { ...goal.condition, values: settled, variables: false };
    return settled.length === 0 ? undefined : { ...goal, condition };
  }
  if (!ofTexts.has(comparison)) return undefined;
  const possible = values.filter((value) => !isForbidden(value, comparison, goals));
  const left = gather(possible, fill);
  if (!left.some(isOpen)) return { condition: madeCondition(key, comparison, left), wanted: true };
  if (comparison === 'StringEqualsIgnoreCase') return undefined;
  const open = (value: string) =>
    (comparison === 'StringEquals' ? escapeGlob(value) : value).replaceAll(anyText, '*');
  const like = comparison === 'ArnLike' ? comparison : 'StringLike';
  return { condition: madeCondition(key, like, left.map(open)), wanted: true };
}

/** The variables of all goals read off the same text, each by the first value that can be. */
function withVariables(
  frame: Frame,
  assignment: Assignment,
  compared: readonly Goal[],
  whole: string,
): Assignment | undefined {
  let branch: Assignment | undefined;
  for (const { condition } of compared)
    for (const value of condition.values.slice(0, maxValues)) {
      const next = withVariable(frame, branch ?? assignment, value, whole);
      if (next === undefined) continue;
      branch = next;
      break;
    }
  return branch;
}

/** Of so many values the variables are tried. */
const maxValues = 20;

/**
 * Goals that fail for the values which their variables happen to have. Others are tried: what the compared key has by
 * itself, which a caller may write into a tag of its own, and nothing, so that a default counts.
 */
export function fitVariables(
  frame: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
): Outcome {
  const { setting, budget } = frame;
  const named = variablesOf(goals).filter((one) => one !== key && domainOf(one, setting).state === 'open');
  if (named.length === 0 || goals.some((goal) => isContradicted(goal, goals))) return 'none';
  const domain = domainOf(key, setting);
  const compared = goals.filter(({ condition }) => condition.variables);
  const plain = goals.filter(({ condition }) => !condition.variables);
  const only: LookUp = (one) => onlyValue(frame, assignment, one);
  const asked = [...plain, ...gather(compared, (goal) => loosened(goal, goals, only))];
  const own = solveKey({ key, domain, goals: asked, lookUp: lookUpIn(assignment, setting), budget }, true);
  if (own.state !== 'found') return own.state;
  const whole = typeof own.value === 'string' ? own.value : own.value?.[0];
  if (whole === undefined) return 'none';
  const values = gather(compared, ({ condition }) => condition.values).slice(0, maxValues);
  const branches = [
    withoutVariables(frame, assignment, named),
    ...values.map((value) => withVariable(frame, assignment, value, whole)),
    compared.length < 2 ? undefined : withVariables(frame, assignment, compared, whole),
  ];
  const isSettled = (branch: Assignment) =>
    settle(frame, branch, key, goals) === 'met' &&
    named.every((one) => settleDependents(frame, branch, one) === 'met');
  for (const branch of branches) {
    if (branch === undefined || !isSettled(branch)) continue;
    for (const [one, entry] of branch) assignment.set(one, entry);
    return 'met';
  }
  const isSure = domain.state === 'fixed' && values.every((value) => /^\$\{[^}]*\}$/.test(value));
  return isSure ? 'none' : 'unknown';
}
