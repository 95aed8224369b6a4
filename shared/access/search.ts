import { type Assignment, lookUpIn, type Outcome, settle, settleVariables } from './assignment.ts';
import { type Budget, spend } from './budget.ts';
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

/** Denies that are hard to settle wait for those that may settle all. */
const hardLast = (denials: readonly Denial[]): readonly Denial[] => [
  ...denials.filter((denial) => !isHard(denial)),
  ...denials.filter(isHard),
];

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
  const hard = denials.some(isHard);
  const variables = hard || isWaiting(goals);
  const frame: Frame = {
    setting,
    denials: hard ? hardLast(denials) : denials,
    budget,
    variables,
    within: false,
  };
  const usual = usualRequest(frame, goals);
  if (usual !== undefined) return usual;
  const byKey = new Map<string, Goal[]>();
  for (const goal of goals) {
    const list = byKey.get(goal.condition.key);
    if (list === undefined) byKey.set(goal.condition.key, [goal]);
    else list.push(goal);
  }
  const assignment: Assignment = new Map();
  for (const [key, list] of variables ? variablesLast(byKey) : byKey) {
    const outcome = assign(frame, assignment, key, list);
    if (outcome !== 'met') return { state: outcome };
  }
  const answer = avoidDenials(frame, assignment);
  if (typeof answer === 'string') return { state: answer };
  return { state: 'found', values: new Map([...answer].map(([key, { value }]) => [key, value])) };
}
