import type { Grant, GrantCondition } from '../access/grant.ts';
import { globMatches } from '../iam/glob.ts';
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

/**
 * The patterns of `after` that no single one of `before` takes in whole. Sound, not complete: `?` in the former is
 * taken for itself alone.
 */
function uncovered(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = new Set(before);
  const other = after.filter((pattern) => !known.has(pattern));
  const wide = before.filter((pattern) => pattern.includes('*') && !pattern.includes('?'));
  if (wide.length * other.length > mostPairs) return other;
  return other.filter((narrow) => !wide.some((pattern) => globMatches(pattern, narrow)));
}

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

const isNegated = (operator: string) => /not(equals|like|ip)/i.test(operator);

const isWithin = (inner: readonly string[], outer: readonly string[]) =>
  inner.every((value) => outer.includes(value));

/** Whether whoever meets `given` meets `wanted` too: the same condition, or one on the same key with fewer ways. */
function implies(given: GrantCondition, wanted: GrantCondition): boolean {
  if (normalConditions([given]).join() === normalConditions([wanted]).join()) return true;
  const isSameTest =
    given.key.toLowerCase() === wanted.key.toLowerCase() &&
    given.operator.toLowerCase() === wanted.operator.toLowerCase();
  if (!isSameTest || /^forallvalues:|^null$/i.test(given.operator)) return false;
  return isNegated(given.operator)
    ? isWithin(wanted.values, given.values)
    : isWithin(given.values, wanted.values);
}

/** What `after` admits and `before` did not, for the same outsider: empty lists when nothing. */
export function newlyPossible(before: Grant, after: Grant): Difference {
  const actions = new Set(uncovered(lower(before.actions), lower(after.actions)));
  return {
    actions: after.actions.filter((action) => actions.has(action.toLowerCase())),
    resources: uncovered(before.resources, after.resources),
    droppedConditions: before.conditions.filter(
      (wanted) => !after.conditions.some((given) => implies(given, wanted)),
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
