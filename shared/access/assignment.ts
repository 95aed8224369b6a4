import type { KeyValue } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { variableKeys } from '../iam/variable.ts';
import type { Setting } from './domain.ts';
import type { Goal, LookUp } from './goal.ts';
import { domainOf } from './key-domain.ts';
import { solveKey } from './solve-key.ts';
import type { Frame } from './usual-request.ts';

interface Entry {
  readonly goals: readonly Goal[];
  readonly value: KeyValue;
}

/** What is settled so far; a branch of the search has its own. */
export type Assignment = Map<string, Entry>;

/** The values of an assignment; of what it leaves open, those that are settled by the setting. */
export function lookUpIn(assignment: Assignment, setting: Setting): LookUp {
  return (key) => {
    const entry = assignment.get(key);
    if (entry !== undefined) return entry.value;
    const domain = domainOf(key, setting);
    return domain.state === 'fixed' ? domain.value : undefined;
  };
}

/** The keys that variables of the goals name. */
export const variablesOf = (goals: readonly Goal[]) =>
  gather(goals, ({ condition }) =>
    condition.variables ? gather(condition.values, variableKeys) : undefined,
  );

/** The keys that variables of the goals name get a value first, so that there is something to compare with. */
export function settleVariables(
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

/** Whether a key has a value that meets its goals: it has one, there is none, or nobody can tell within bounds. */
export type Outcome = 'met' | 'none' | 'unknown';

/** Gives the key a value that meets the goals; on request not that it is absent. */
export function settle(
  { setting, budget }: Frame,
  assignment: Assignment,
  key: string,
  goals: readonly Goal[],
  present = false,
): Outcome {
  const lookUp = lookUpIn(assignment, setting);
  const answer = solveKey({ key, domain: domainOf(key, setting), goals, lookUp, budget }, present);
  if (answer.state !== 'found') return answer.state;
  assignment.set(key, { goals, value: answer.value });
  return 'met';
}

/** The keys whose goals name the changed one by a variable. */
export function dependentsOf(assignment: Assignment, changed: string): readonly (readonly [string, Entry])[] {
  return [...assignment].filter(
    ([other, { goals }]) => other !== changed && variablesOf(goals).includes(changed),
  );
}

/** Keys whose goals name the changed one by a variable are solved again. */
export function settleDependents(frame: Frame, assignment: Assignment, changed: string): Outcome {
  for (const [other, { goals }] of dependentsOf(assignment, changed)) {
    const again = settle(frame, assignment, other, goals);
    if (again !== 'met') return again;
  }
  return 'met';
}
