import { gather } from '../iam/gather.ts';
import { variableKeys } from '../iam/variable.ts';
import { type Assignment, lookUpIn, type Outcome, settle, settleVariables } from './assignment.ts';
import { type Budget, spend } from './budget.ts';
import { spendOnLong } from './cost.ts';
import type { Setting } from './domain.ts';
import { fitDependents, fitVariables } from './fit-variables.ts';
import { type Goal, mayHold } from './goal.ts';
import { type Answer, type Denial, type Frame, usualRequest } from './usual-request.ts';

/** Adds goals for one key. */
function assign(frame: Frame, assignment: Assignment, key: string, added: readonly Goal[]): Outcome {
  if (!spend(frame.budget, 10)) return 'unknown';
  const before = assignment.get(key)?.goals;
  const goals = before === undefined ? added : [...before, ...added];
  if (!frame.variables) return settle(frame, assignment, key, goals);
  settleVariables(frame, assignment, key, added);
  const outcome = settle(frame, assignment, key, goals);
  const fitted = outcome === 'none' ? fitVariables(frame, assignment, key, goals) : outcome;
  const whole = fitted === 'met' ? fitDependents(frame, assignment, key) : fitted;
  const isAbsent = assignment.has(key) && assignment.get(key)?.value === undefined;
  if (whole === 'met' || !isAbsent || settle(frame, assignment, key, goals, true) !== 'met') return whole;
  // What others are compared with had better be there.
  return fitDependents(frame, assignment, key);
}

/** Whether the assignment falls under the Deny; keys that nothing asked for get their usual value. */
function isHit(frame: Frame, assignment: Assignment, denial: Denial): boolean {
  for (const condition of denial) {
    const { key } = condition;
    if (!assignment.has(key)) assign(frame, assignment, key, []);
    const lookUp = lookUpIn(assignment, frame.setting);
    // Without work left, what is found counts as not proved.
    if (!spendOnLong(frame.budget, condition)) return true;
    if (mayHold(condition, false, lookUp(key), lookUp)) return false;
  }
  return true;
}

/** An assignment that no Deny minds; or the keys on which goals and Denies contradict one another; or that nobody can tell. */
type Avoided = Assignment | ReadonlySet<string> | 'unknown';

function avoidDenials(frame: Frame, assignment: Assignment): Avoided {
  if (!spend(frame.budget, frame.denials.length)) return 'unknown';
  const hit = frame.denials.find((denial) => isHit(frame, assignment, denial));
  if (frame.budget.left <= 0) return 'unknown';
  return hit === undefined ? assignment : avoid(frame, assignment, hit);
}

/**
 * One way round a Deny after the other. Where a way fails for what is asked of other keys alone, so does every other
 * way: without that, Denies that have nothing to do with the contradiction would multiply the work.
 */
function avoid(frame: Frame, assignment: Assignment, hit: Denial): Avoided {
  const contradicting = new Set<string>();
  let isUnknown = false;
  for (const condition of hit) {
    const answer = avoidBy(frame, assignment, condition);
    if (answer instanceof Map) return answer;
    if (answer === 'unknown') isUnknown = true;
    else if (!answer.has(condition.key)) return answer;
    else for (const one of answer.keys()) contradicting.add(one);
  }
  return isUnknown ? 'unknown' : contradicting;
}

/** The way round a Deny that one of its conditions leaves. */
function avoidBy(frame: Frame, assignment: Assignment, condition: Denial[number]): Avoided {
  const branch = new Map(assignment);
  const outcome = assign(frame, branch, condition.key, [{ condition, wanted: false }]);
  if (outcome === 'met') return avoidDenials(frame, branch);
  return outcome === 'none' ? linkedTo(frame, condition.key) : outcome;
}

/** The key, and where it is compared with others by variables, all that are. */
const linkedTo = ({ linked }: Frame, key: string): ReadonlySet<string> =>
  linked.has(key) ? linked : new Set([key]);

const isWaiting = (goals: readonly Goal[]) => goals.some(({ condition }) => condition.variables);
const isHard = (denial: Denial) => denial.some(({ variables }) => variables);

/** Keys whose conditions name other keys wait for these. */
function variablesLast(
  byKey: ReadonlyMap<string, readonly Goal[]>,
): readonly (readonly [string, readonly Goal[]])[] {
  const entries = [...byKey];
  return [
    ...entries.filter(([, goals]) => !isWaiting(goals)),
    ...entries.filter(([, goals]) => isWaiting(goals)),
  ];
}

/** Those that leave few ways round first, and those that are hard to settle last: what is left open may settle them. */
const inOrder = (denials: readonly Denial[]): readonly Denial[] =>
  denials.length < 2
    ? denials
    : denials.toSorted((a, b) => Number(isHard(a)) - Number(isHard(b)) || a.length - b.length);

const noKeys: ReadonlySet<string> = new Set();

/** The keys that conditions compare with one another. */
function linkedBy(goals: readonly Goal[], denials: readonly Denial[]): ReadonlySet<string> {
  const linked = new Set<string>();
  const conditions = [...goals.map(({ condition }) => condition), ...denials.flat()];
  for (const { key, variables, values } of conditions)
    if (variables) for (const one of [key, ...gather(values, variableKeys)]) linked.add(one);
  return linked;
}

function sortedByKey(goals: readonly Goal[]): ReadonlyMap<string, readonly Goal[]> {
  const byKey = new Map<string, Goal[]>();
  for (const goal of goals) {
    const list = byKey.get(goal.condition.key);
    if (list === undefined) byKey.set(goal.condition.key, [goal]);
    else list.push(goal);
  }
  return byKey;
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
  const variables = denials.some(isHard) || isWaiting(goals);
  const plain: Frame = { setting, denials, budget, variables, linked: noKeys, within: false };
  const usual = usualRequest(plain, goals);
  if (usual !== undefined) return usual;
  const linked = variables ? linkedBy(goals, denials) : noKeys;
  const frame: Frame = { ...plain, denials: inOrder(denials), linked };
  const byKey = sortedByKey(goals);
  const assignment: Assignment = new Map();
  for (const [key, list] of variables ? variablesLast(byKey) : byKey) {
    const outcome = assign(frame, assignment, key, list);
    if (outcome !== 'met')
      return outcome === 'none' ? { state: 'none', keys: linkedTo(frame, key) } : { state: outcome };
  }
  const answer = avoidDenials(frame, assignment);
  if (answer === 'unknown') return { state: answer };
  if (!(answer instanceof Map)) return { state: 'none', keys: answer };
  return { state: 'found', values: new Map([...answer].map(([key, { value }]) => [key, value])) };
}
