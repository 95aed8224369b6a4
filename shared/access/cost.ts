import type { Condition } from '../iam/condition.ts';
import { longList, sortedList } from '../iam/long-list.ts';
import type { Comparison } from '../iam/operator.ts';
import { type Budget, spend } from './budget.ts';
import type { Goal } from './goal.ts';

/** What going through values costs: long patterns more. */
function costOfValues(values: readonly string[]): number {
  let cost = 0;
  for (let i = 0; i < values.length; i += 1) cost += 1 + ((values[i] as string).length >> 4);
  return cost;
}

/** What one try costs: every value of every goal, but for those of long lists that are looked up. */
export function costOf(goals: readonly Goal[]): number {
  let cost = 1;
  for (let i = 0; i < goals.length; i += 1) {
    const { values, operator } = (goals[i] as Goal).condition;
    cost += values.length < longList ? costOfValues(values) : costOfLong(operator.comparison, values);
  }
  return cost;
}

function costOfLong(comparison: Comparison, values: readonly string[]): number {
  const { lookUps, rest } = sortedList(comparison, values);
  return lookUps + costOfValues(rest);
}

/** Takes what one look at a condition costs, where its list is long; whether anything is left. */
export const spendOnLong = (budget: Budget, { values, operator }: Condition): boolean =>
  values.length < longList || spend(budget, costOfLong(operator.comparison, values));
