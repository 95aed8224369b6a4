import type { KeyValue } from '../iam/condition.ts';
import { none } from '../iam/none.ts';
import { type Budget, spend } from './budget.ts';
import { spendOnLong } from './cost.ts';
import type { Setting } from './domain.ts';
import { type Goal, type LookUp, mayHold } from './goal.ts';
import { domainOf } from './key-domain.ts';
import { type KeyAnswer, solveKey } from './solve-key.ts';

/**
 * The keys of a request that meets the goals, in lower case; or that there is none, and the keys for which; or that the
 * budget ran out.
 */
export type Answer =
  | { readonly state: 'found'; readonly values: ReadonlyMap<string, KeyValue> }
  | { readonly state: 'none'; readonly keys: ReadonlySet<string> }
  | { readonly state: 'unknown' };

/** A Deny, as the conditions that would all have to hold. */
export type Denial = readonly Goal['condition'][];

/** What a search is made in. */
export interface Frame {
  readonly setting: Setting;
  readonly denials: readonly Denial[];
  readonly budget: Budget;
  /** Whether some condition compares with the value of another key. */
  readonly variables: boolean;
  /** The keys that conditions compare with one another. */
  readonly linked: ReadonlySet<string>;
  /** Whether a variable is being fitted already, for another. */
  readonly within: boolean;
}

const noKeys: LookUp = () => undefined;
/** The value that a key takes when only this much is asked of it. */
function valueFor({ setting, budget }: Frame, key: string, goals: readonly Goal[]): KeyAnswer {
  return solveKey({ key, domain: domainOf(key, setting), goals, lookUp: noKeys, budget });
}

/** Gives the goal's key a value that meets it, unless it has one: `unsure` where that does not, but another may. */
function meetGoal(frame: Frame, values: Map<string, KeyValue>, goal: Goal): 'met' | 'none' | 'unsure' {
  const { condition, wanted } = goal;
  const { key, variables } = condition;
  if (variables || !spend(frame.budget, 5)) return 'unsure';
  if (values.has(key)) return mayHold(condition, wanted, values.get(key), noKeys) ? 'met' : 'unsure';
  const answer = valueFor(frame, key, [goal]);
  if (answer.state !== 'found') return answer.state === 'none' ? 'none' : 'unsure';
  values.set(key, answer.value);
  return 'met';
}

/** Whether the Deny surely spares the request; keys that nothing asked for get their usual value. */
function isSpared(frame: Frame, values: Map<string, KeyValue>, denial: Denial): boolean {
  for (let i = 0; i < denial.length; i += 1) {
    const condition = denial[i] as Denial[number];
    const { key, variables } = condition;
    if (variables || !spendOnLong(frame.budget, condition)) return false;
    if (!values.has(key)) {
      const usual = valueFor(frame, key, none);
      if (usual.state !== 'found') return false;
      values.set(key, usual.value);
    }
    if (mayHold(condition, false, values.get(key), noKeys)) return true;
  }
  return false;
}

/**
 * The commonest case: each key has goals of its own, the first value of each meets them all, and no Deny minds.
 * Undefined when it takes more than that.
 */
export function usualRequest(frame: Frame, goals: readonly Goal[]): Answer | undefined {
  const values = new Map<string, KeyValue>();
  for (let i = 0; i < goals.length; i += 1) {
    const goal = goals[i] as Goal;
    const met = meetGoal(frame, values, goal);
    if (met === 'none') return { state: 'none', keys: new Set([goal.condition.key]) };
    if (met === 'unsure') return undefined;
  }
  const { denials, budget } = frame;
  for (let i = 0; i < denials.length; i += 1)
    if (!spend(budget, 1) || !isSpared(frame, values, denials[i] as Denial)) return undefined;
  return { state: 'found', values };
}
