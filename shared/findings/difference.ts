import type { Grant, GrantCondition } from '../access/grant.ts';
import { globCovers, hasWildcard } from '../iam/glob.ts';
import { isAsNarrow } from './covers.ts';
import { normalConditions } from './identity.ts';

/** What one grant admits and another did not. */
export interface Difference {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Conditions of the former grant that the latter does not ask for, or only more loosely. */
  readonly droppedConditions: readonly GrantCondition[];
}

/** More pairs of patterns than this are not compared: what is not, counts as new. Policies are in other hands. */
const mostPairs = 100_000;

/** The patterns of `after` that no single one of `before` takes in whole. */
function uncovered(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = new Set(before);
  const other = after.filter((pattern) => !known.has(pattern));
  const wide = before.filter(hasWildcard);
  if (wide.length * other.length > mostPairs) return other;
  return other.filter((narrow) => !wide.some((pattern) => globCovers(pattern, narrow)));
}

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

const isSameCondition = (a: GrantCondition, b: GrantCondition) =>
  normalConditions([a]).join() === normalConditions([b]).join();

/** What `after` admits and `before` did not, for the same outsider: empty lists when nothing. */
export function newlyPossible(before: Grant, after: Grant): Difference {
  const actions = new Set(uncovered(lower(before.actions), lower(after.actions)));
  return {
    actions: after.actions.filter((action) => actions.has(action.toLowerCase())),
    resources: uncovered(before.resources, after.resources),
    droppedConditions: before.conditions.filter(
      (wanted) =>
        !after.conditions.some((given) => isSameCondition(given, wanted) || isAsNarrow(given, wanted)),
    ),
  };
}

/** Whether a difference is none. */
export function isNothing({ actions, resources, droppedConditions }: Difference): boolean {
  return actions.length + resources.length + droppedConditions.length === 0;
}

/** Whether two grants to one outsider admit the same, however they are written. */
export function isSameGrant(a: Grant, b: Grant): boolean {
  return isNothing(newlyPossible(a, b)) && isNothing(newlyPossible(b, a));
}
