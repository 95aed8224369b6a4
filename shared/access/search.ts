import type { KeyValue } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { variableKeys } from '../iam/variable.ts';
import { type Budget, spend } from './budget.ts';
import type { Setting } from './domain.ts';
import { type Goal, type LookUp, mayHold } from './goal.ts';
import { domainOf } from './key-domain.ts';
import { solveKey } from './solve-key.ts';
import { type Answer, type Denial, type Frame, usualRequest } from './usual-request.ts';

interface Entry {
  readonly goals: readonly Goal[];
  readonly value: KeyValue;
}

type Assignment = ReadonlyMap<string, Entry>;

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
function withVariables(
  frame: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
): Assignment {
  let current = assignment;
  for (const named of variablesOf(goals)) {
    if (current.has(named) || named === key) continue;
    const domain = domainOf(named, frame.setting);
    const answer = solveKey(
      { key: named, domain, goals: [], lookUp: lookUpIn(current, frame.setting), budget: frame.budget },
      true,
    );
    if (answer.state === 'found') current = new Map(current).set(named, { goals: [], value: answer.value });
  }
  return current;
}

function solveInto(
  frame: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
): Assignment | 'none' | 'unknown' {
  const answer = solveKey({
    key,
    domain: domainOf(key, frame.setting),
    goals,
    lookUp: lookUpIn(assignment, frame.setting),
    budget: frame.budget,
  });
  return answer.state === 'found'
    ? new Map(assignment).set(key, { goals, value: answer.value })
    : answer.state;
}

/** Adds goals for one key. Keys whose goals name this one by a variable are solved again. */
function assign(
  frame: Frame,
  assignment: Assignment,
  key: string,
  added: readonly Goal[],
): Assignment | 'none' | 'unknown' {
  if (!spend(frame.budget, 10)) return 'unknown';
  const prepared = withVariables(frame, assignment, key, added);
  let current = solveInto(frame, prepared, key, [...(prepared.get(key)?.goals ?? []), ...added]);
  for (const [other, { goals }] of prepared) {
    if (typeof current === 'string') return current;
    if (other !== key && variablesOf(goals).includes(key)) current = solveInto(frame, current, other, goals);
  }
  return current;
}

/** The first Deny that the assignment falls under; keys that nothing asked for get their usual value. */
function firstDenial(
  frame: Frame,
  assignment: Assignment,
): { readonly hit: Denial | undefined; readonly assignment: Assignment } {
  let current = assignment;
  for (const denial of frame.denials) {
    let hit = true;
    for (const condition of denial) {
      if (!current.has(condition.key)) {
        const next = assign(frame, current, condition.key, []);
        if (typeof next !== 'string') current = next;
      }
      const lookUp = lookUpIn(current, frame.setting);
      if (mayHold(condition, false, lookUp(condition.key), lookUp)) {
        hit = false;
        break;
      }
    }
    if (hit) return { hit: denial, assignment: current };
  }
  return { hit: undefined, assignment: current };
}

function avoidDenials(frame: Frame, assignment: Assignment): Assignment | 'none' | 'unknown' {
  if (!spend(frame.budget, frame.denials.length)) return 'unknown';
  const { hit, assignment: current } = firstDenial(frame, assignment);
  if (hit === undefined) return current;
  let worst: 'none' | 'unknown' = 'none';
  for (const condition of hit) {
    const next = assign(frame, current, condition.key, [{ condition, wanted: false }]);
    const answer = typeof next === 'string' ? next : avoidDenials(frame, next);
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
  const frame: Frame = { setting, denials, budget };
  const usual = usualRequest(frame, goals);
  if (usual !== undefined) return usual;
  const byKey = new Map<string, Goal[]>();
  for (const goal of goals) {
    const list = byKey.get(goal.condition.key);
    if (list === undefined) byKey.set(goal.condition.key, [goal]);
    else list.push(goal);
  }
  let assignment: Assignment = new Map();
  for (const [key, list] of variablesLast(byKey)) {
    const next = assign(frame, assignment, key, list);
    if (typeof next === 'string') return { state: next };
    assignment = next;
  }
  const answer = avoidDenials(frame, assignment);
  if (typeof answer === 'string') return { state: answer };
  return { state: 'found', values: new Map([...answer].map(([key, { value }]) => [key, value])) };
}
