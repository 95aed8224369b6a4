import type { KeyValue } from '../iam/condition.ts';
import { variableKeys } from '../iam/variable.ts';
import type { Setting } from './domain.ts';
import { type Goal, type LookUp, meets } from './goal.ts';
import { domainOf } from './key-domain.ts';
import { solveKey } from './solve-key.ts';

/** The keys of a request that meets the goals, in lower case; or that there is none; or that the budget ran out. */
export type Answer =
  | { readonly state: 'found'; readonly values: ReadonlyMap<string, KeyValue> }
  | { readonly state: 'none' | 'unknown' };

/** Steps that one decision may take: what keeps a hostile policy within its time. */
export interface Budget {
  steps: number;
}

interface Entry {
  readonly goals: readonly Goal[];
  readonly value: KeyValue;
}

type Assignment = ReadonlyMap<string, Entry>;

/** A Deny, as the conditions that would all have to hold. */
export type Denial = readonly Goal['condition'][];

interface Frame {
  readonly setting: Setting;
  readonly denials: readonly Denial[];
  readonly budget: Budget;
}

function lookUpIn(assignment: Assignment, setting: Setting): LookUp {
  return (key) => {
    const entry = assignment.get(key);
    if (entry !== undefined) return entry.value;
    const domain = domainOf(key, setting);
    return domain.state === 'fixed' ? domain.value : undefined;
  };
}

/** Adds goals for one key; the keys that its variables name come first, and present. */
function assign(
  frame: Frame,
  assignment: Assignment,
  key: string,
  added: readonly Goal[],
): Assignment | 'none' | 'unknown' {
  if (frame.budget.steps <= 0) return 'unknown';
  frame.budget.steps -= 1 + added.length;
  let current = assignment;
  for (const { condition } of added) {
    if (!condition.variables) continue;
    for (const named of condition.values.flatMap(variableKeys)) {
      if (current.has(named) || named === key) continue;
      const answer = solveKey(
        named,
        domainOf(named, frame.setting),
        [],
        lookUpIn(current, frame.setting),
        true,
      );
      if (answer.state === 'found') current = new Map(current).set(named, { goals: [], value: answer.value });
    }
  }
  const goals = [...(current.get(key)?.goals ?? []), ...added];
  const answer = solveKey(key, domainOf(key, frame.setting), goals, lookUpIn(current, frame.setting));
  if (answer.state !== 'found') return answer.state;
  return new Map(current).set(key, { goals, value: answer.value });
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
      if (!meets({ condition, wanted: true }, lookUp(condition.key), lookUp)) {
        hit = false;
        break;
      }
    }
    if (hit) return { hit: denial, assignment: current };
  }
  return { hit: undefined, assignment: current };
}

function avoidDenials(frame: Frame, assignment: Assignment): Assignment | 'none' | 'unknown' {
  if (frame.budget.steps <= 0) return 'unknown';
  frame.budget.steps -= frame.denials.length;
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
  const byKey = new Map<string, Goal[]>();
  for (const goal of goals) {
    const list = byKey.get(goal.condition.key);
    if (list === undefined) byKey.set(goal.condition.key, [goal]);
    else list.push(goal);
  }
  let assignment: Assignment = new Map();
  for (const [key, list] of byKey) {
    const next = assign(frame, assignment, key, list);
    if (typeof next === 'string') return { state: next };
    assignment = next;
  }
  const answer = avoidDenials(frame, assignment);
  if (typeof answer === 'string') return { state: answer };
  return { state: 'found', values: new Map([...answer].map(([key, { value }]) => [key, value])) };
}
