import { arnSegments } from '../iam/arn-pattern.ts';
import type { KeyValue } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { escapeGlob } from '../iam/glob.ts';
import type { Comparison } from '../iam/operator.ts';
import { readVariable, variableKeys } from '../iam/variable.ts';
import { type Budget, spend } from './budget.ts';
import type { Setting } from './domain.ts';
import { type Goal, type LookUp, madeCondition, mayHold } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { domainOf } from './key-domain.ts';
import { isContradicted, solveKey } from './solve-key.ts';
import { type Answer, type Denial, type Frame, usualRequest } from './usual-request.ts';

interface Entry {
  readonly goals: readonly Goal[];
  readonly value: KeyValue;
}

/** What is settled so far; a branch of the search has its own. */
type Assignment = Map<string, Entry>;

function lookUpIn(assignment: Assignment, setting: Setting): LookUp {
  return (key) => {
    const entry = assignment.get(key);
    if (entry !== undefined) return entry.value;
    const domain = domainOf(key, setting);
    return domain.state === 'fixed' ? domain.value : undefined;
  };
}

const variablesOf = (goals: readonly Goal[]) =>
  gather(goals, ({ condition }) =>
    condition.variables ? gather(condition.values, variableKeys) : undefined,
  );

/** The keys that variables of the goals name get a value first, so that there is something to compare with. */
function settleVariables(
  { setting, budget }: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
): void {
  for (const named of variablesOf(goals)) {
    if (assignment.has(named) || named === key) continue;
    const lookUp = lookUpIn(assignment, setting);
    const answer = solveKey(
      { key: named, domain: domainOf(named, setting), goals: [], lookUp, budget },
      true,
    );
    if (answer.state === 'found') assignment.set(named, { goals: [], value: answer.value });
  }
}

type Outcome = 'met' | 'none' | 'unknown';

function settle(
  { setting, budget }: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
): Outcome {
  const lookUp = lookUpIn(assignment, setting);
  const answer = solveKey({ key, domain: domainOf(key, setting), goals, lookUp, budget });
  if (answer.state !== 'found') return answer.state;
  assignment.set(key, { goals, value: answer.value });
  return 'met';
}

/** Keys whose goals name the changed one by a variable are solved again. */
function settleDependents(frame: Frame, assignment: Assignment, changed: string): Outcome {
  for (const [other, { goals }] of assignment) {
    if (other === changed || !variablesOf(goals).includes(changed)) continue;
    const again = settle(frame, assignment, other, goals);
    if (again !== 'met') return again;
  }
  return 'met';
}

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

/** What goals forbid to the letter, whatever variables in it stand for. */
function forbiddenBy(goals: readonly Goal[], comparison: Comparison): ReadonlySet<string> {
  const forbids = (goal: Goal) => {
    const other = goal.condition.operator.comparison;
    const isSame = other === comparison || (other === 'StringLike' && comparison === 'StringEquals');
    return isSame && goal.condition.variables && !asksForMatch(goal);
  };
  // A short pattern of ARNs may match or not.
  const isSure = (value: string) => comparison !== 'ArnLike' || arnSegments(value) !== undefined;
  return new Set(gather(goals.filter(forbids), ({ condition }) => condition.values.filter(isSure)));
}

/** A goal that holds whenever the given one can, whatever its variables stand for; undefined where that says nothing. */
function loosened(goal: Goal, goals: readonly Goal[]): Goal | undefined {
  const { operator, values, key } = goal.condition;
  const { comparison } = operator;
  if (!asksForMatch(goal)) {
    const plain = values.filter((value) => variableKeys(value).length === 0);
    return plain.length === 0 ? undefined : { ...goal, condition: { ...goal.condition, values: plain } };
  }
  if (comparison === 'StringEqualsIgnoreCase') return undefined;
  const forbidden = forbiddenBy(goals, comparison);
  const left = values.filter((value) => !forbidden.has(value));
  const open = left.map((value) => {
    const parts = value.split(/\$\{[^}]*\}/);
    return (comparison === 'StringEquals' ? parts.map(escapeGlob) : parts).join('*');
  });
  return {
    condition: madeCondition(key, comparison === 'ArnLike' ? comparison : 'StringLike', open),
    wanted: true,
  };
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
function fitVariables(frame: Frame, assignment: Assignment, key: string, goals: readonly Goal[]): Outcome {
  const { setting, budget } = frame;
  const named = variablesOf(goals).filter((one) => one !== key && domainOf(one, setting).state === 'open');
  if (named.length === 0 || goals.some((goal) => isContradicted(goal, goals))) return 'none';
  const domain = domainOf(key, setting);
  const compared = goals.filter(({ condition }) => condition.variables);
  const plain = goals.filter(({ condition }) => !condition.variables);
  const asked = [...plain, ...gather(compared, (goal) => loosened(goal, goals))];
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

/** Adds goals for one key. */
function assign(frame: Frame, assignment: Assignment, key: string, added: readonly Goal[]): Outcome {
  if (!spend(frame.budget, 10)) return 'unknown';
  settleVariables(frame, assignment, key, added);
  const before = assignment.get(key)?.goals;
  const goals = before === undefined ? added : [...before, ...added];
  const outcome = settle(frame, assignment, key, goals);
  const fitted = outcome === 'none' ? fitVariables(frame, assignment, key, goals) : outcome;
  return fitted === 'met' ? settleDependents(frame, assignment, key) : fitted;
}

/** Whether the assignment falls under the Deny; keys that nothing asked for get their usual value. */
function isHit(frame: Frame, assignment: Assignment, denial: Denial): boolean {
  for (const condition of denial) {
    const { key } = condition;
    if (!assignment.has(key)) assign(frame, assignment, key, []);
    const lookUp = lookUpIn(assignment, frame.setting);
    if (mayHold(condition, false, lookUp(key), lookUp)) return false;
  }
  return true;
}

function avoidDenials(frame: Frame, assignment: Assignment): Assignment | 'none' | 'unknown' {
  if (!spend(frame.budget, frame.denials.length)) return 'unknown';
  const hit = frame.denials.find((denial) => isHit(frame, assignment, denial));
  if (hit === undefined) return assignment;
  let worst: 'none' | 'unknown' = 'none';
  for (const condition of hit) {
    const branch = new Map(assignment);
    const next = assign(frame, branch, condition.key, [{ condition, wanted: false }]);
    const answer = next === 'met' ? avoidDenials(frame, branch) : next;
    if (typeof answer !== 'string') return answer;
    if (answer === 'unknown') worst = 'unknown';
  }
  return worst;
}

/** Keys whose conditions name other keys wait for these. */
function variablesLast(
  byKey: ReadonlyMap<string, readonly Goal[]>,
): readonly (readonly [string, readonly Goal[]])[] {
  const waits = (goals: readonly Goal[]) => goals.some(({ condition }) => condition.variables);
  const entries = [...byKey];
  return [...entries.filter(([, goals]) => !waits(goals)), ...entries.filter(([, goals]) => waits(goals))];
}

/** Denies that are hard to settle wait for those that may settle all. */
function variablesLastOf(denials: readonly Denial[]): readonly Denial[] {
  const waits = (denial: Denial) => denial.some(({ variables }) => variables);
  return denials.some(waits)
    ? [...denials.filter((denial) => !waits(denial)), ...denials.filter(waits)]
    : denials;
}

/**
 * Looks for a request of the setting's caller that meets all goals and falls under no Deny: key by key, and for each
 * Deny that it falls under, one of the Deny's conditions after the other turned into a goal of its own.
 */
export function search(
  setting: Setting,
  goals: readonly Goal[],
  denials: readonly Denial[],
  budget: Budget,
): Answer {
  const frame: Frame = { setting, denials: variablesLastOf(denials), budget };
  const usual = usualRequest(frame, goals);
  if (usual !== undefined) return usual;
  const byKey = new Map<string, Goal[]>();
  for (const goal of goals) {
    const list = byKey.get(goal.condition.key);
    if (list === undefined) byKey.set(goal.condition.key, [goal]);
    else list.push(goal);
  }
  const assignment: Assignment = new Map();
  for (const [key, list] of variablesLast(byKey)) {
    const outcome = assign(frame, assignment, key, list);
    if (outcome !== 'met') return { state: outcome };
  }
  const answer = avoidDenials(frame, assignment);
  if (typeof answer === 'string') return { state: answer };
  return { state: 'found', values: new Map([...answer].map(([key, { value }]) => [key, value])) };
}
