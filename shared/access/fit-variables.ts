import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import { readVariable, variableKeys } from '../iam/variable.ts';
import {
  type Assignment,
  dependentsOf,
  lookUpIn,
  type Outcome,
  settle,
  settleDependents,
  variablesOf,
} from './assignment.ts';
import { type Goal, type LookUp, madeCondition, mayHold } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { domainOf } from './key-domain.ts';
import { loosened, onlyValue } from './loosen-variables.ts';
import { isContradicted, type KeyAnswer, solveKey } from './solve-key.ts';
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

/** The variables' keys with values, where they were left without. */
function withPresent(frame: Frame, assignment: Assignment, named: readonly string[]): Assignment | undefined {
  const lacking = named.filter((key) => assignment.has(key) && assignment.get(key)?.value === undefined);
  if (lacking.length === 0) return undefined;
  const branch = new Map(assignment);
  for (const key of lacking)
    if (settle(frame, branch, key, branch.get(key)?.goals ?? none, true) !== 'met') return undefined;
  return branch;
}

/** The key of a value's first variable with the text that makes the value match `whole`, or with another. */
function withVariable(
  frame: Frame,
  assignment: Assignment,
  value: string,
  whole: string,
  wanted = true,
): Assignment | undefined {
  const read = readVariable(value, whole);
  if (read === undefined) return undefined;
  const branch = new Map(assignment);
  const goal = { condition: madeCondition(read.key, 'StringEquals', [read.value]), wanted };
  const goals = [...(branch.get(read.key)?.goals ?? []), goal];
  const outcome = settle(frame, branch, read.key, goals);
  // The variable may be compared with another one itself.
  const fitted =
    outcome === 'none' && !frame.within
      ? fitVariables({ ...frame, within: true }, branch, read.key, goals)
      : outcome;
  return fitted === 'met' ? branch : undefined;
}

/** What is asked of a variable is asked of the key too that is compared with nothing else. */
function mirrored(goal: Goal, assignment: Assignment): readonly Goal[] {
  const { values, key, variables } = goal.condition;
  const [value, ...others] = values;
  if (
    !variables ||
    value === undefined ||
    others.length > 0 ||
    !asksForMatch(goal) ||
    !/^\$\{[^}]*\}$/.test(value)
  )
    return none;
  const [named = ''] = variableKeys(value);
  const goals = assignment.get(named)?.goals ?? none;
  return goals.map(({ condition, wanted }) => ({ condition: { ...condition, key }, wanted }));
}

/** The variables of all goals read off the same text: by the first value that can match it, or so that none does. */
function withVariables(
  frame: Frame,
  assignment: Assignment,
  compared: readonly Goal[],
  whole: string,
): Assignment | undefined {
  let branch: Assignment | undefined;
  for (const goal of compared) {
    const wanted = asksForMatch(goal);
    for (const value of goal.condition.values.slice(0, maxValues)) {
      const next = withVariable(frame, branch ?? assignment, value, whole, wanted);
      if (next === undefined) continue;
      branch = next;
      if (wanted) break;
    }
  }
  return branch;
}

/** What the compared key can be by itself, whatever its variables stand for; if it can, what these may be too. */
function ownValue(frame: Frame, assignment: Assignment, key: string, goals: readonly Goal[]): KeyAnswer {
  const { setting, budget } = frame;
  const domain = domainOf(key, setting);
  const lookUp = lookUpIn(assignment, setting);
  const only: LookUp = (one) => onlyValue(frame, assignment, one);
  const asked = gather(goals, (goal) => (goal.condition.variables ? loosened(goal, goals, only) : goal));
  const solve = (more: readonly Goal[]) =>
    solveKey({ key, domain, goals: [...asked, ...more], lookUp, budget }, true);
  const more = gather(goals, (goal) => mirrored(goal, assignment));
  const best = solve(more);
  return best.state === 'found' || more.length === 0 ? best : solve(none);
}

const isCaseless = ({ condition }: Goal) => condition.operator.comparison === 'StringEqualsIgnoreCase';

/** Of so many values the variables are tried. */
const maxValues = 20;

/** Other values for the variables: none at all, and what of each value or of all makes the key `whole` fit. */
function branchesFor(
  frame: Frame,
  assignment: Assignment,
  compared: readonly Goal[],
  named: readonly string[],
  whole: string,
): readonly (Assignment | undefined)[] {
  const matched = compared.filter(asksForMatch);
  const texts = gather(matched, ({ condition }) => condition.values).slice(0, maxValues);
  const isAlone = compared.length === 1 && matched.length === 1;
  return [
    withPresent(frame, assignment, named),
    withoutVariables(frame, assignment, named),
    ...texts.map((value) => withVariable(frame, assignment, value, whole)),
    // Letter case may be all that tells what must match from what must not.
    ...(matched.some(isCaseless)
      ? texts.map((value) => withVariable(frame, assignment, value, whole.toUpperCase()))
      : []),
    isAlone ? undefined : withVariables(frame, assignment, compared, whole),
  ];
}

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
  const { setting } = frame;
  const isOpen = (one: string) => domainOf(one, setting).state === 'open';
  const named = variablesOf(goals).filter((one) => one !== key && isOpen(one));
  if (named.length === 0 || goals.some((goal) => isContradicted(goal, goals))) return 'none';
  const own = ownValue(frame, assignment, key, goals);
  if (own.state !== 'found') return own.state;
  const whole = typeof own.value === 'string' ? own.value : own.value?.[0];
  if (whole === undefined) return 'none';
  const compared = goals.filter(({ condition }) => condition.variables);
  const branches = branchesFor(frame, assignment, compared, named, whole);
  const isSettled = (branch: Assignment) =>
    settle(frame, branch, key, goals) === 'met' &&
    named.every((one) => settleDependents(frame, branch, one) === 'met');
  for (const branch of branches) {
    if (branch === undefined || !isSettled(branch)) continue;
    for (const [one, entry] of branch) assignment.set(one, entry);
    return 'met';
  }
  const isFree = (one: string) => !variablesOf(assignment.get(one)?.goals ?? none).some(isOpen);
  return !isOpen(key) && named.every(isFree) && compared.every(isReadOneWay) ? 'none' : 'unknown';
}

/** Whether the values hold no variable, or one and nothing else that leaves open what it stands for. */
const isReadOneWay = ({ condition: { values } }: Goal) =>
  values.length <= maxValues &&
  values.every((value) => !value.includes('${') || /^[^$*?]*\$\{[^}]*\}[^$*?]*$/.test(value));

/**
 * Keys whose goals name the changed one by a variable are solved again; where one then has no value, others are tried
 * for the variables, the changed key's among them.
 */
export function fitDependents(frame: Frame, assignment: Assignment, changed: string): Outcome {
  for (const [other] of dependentsOf(assignment, changed)) {
    const goals = assignment.get(other)?.goals ?? none;
    const again = settle(frame, assignment, other, goals);
    const fitted = again === 'none' ? fitVariables(frame, assignment, other, goals) : again;
    if (fitted !== 'met') return fitted;
  }
  return 'met';
}
