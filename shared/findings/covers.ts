import type { GrantCondition, Outsider } from '../access/grant.ts';
import { arnMatches } from '../iam/arn-pattern.ts';
import { globCovers } from '../iam/glob.ts';
import type { ExpectableGrant, ExpectedCondition, ExpectedGrant, Width } from './expectation.ts';
import { normalOutsider } from './identity.ts';

/** An account covers each of its principals; every other outsider covers itself alone. */
function coversOutsider(expected: Outsider, outsider: Outsider): boolean {
  if (expected.type === 'account' && expected.principal === undefined)
    return outsider.type === 'account' && outsider.account === expected.account;
  return JSON.stringify(normalOutsider(expected)) === JSON.stringify(normalOutsider(outsider));
}

const isWithin = (texts: readonly string[], globs: readonly string[]) =>
  texts.every((text) => globs.some((glob) => globCovers(glob, text)));

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

const isSubset = (some: readonly string[], all: readonly string[]) =>
  some.every((value) => all.includes(value));

/** Operators for which fewer values let fewer callers through. */
const fewerIsNarrower =
  /^(?:for(?:anyvalue|allvalues):)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like)|ipaddress)$/;

/** Operators for which more values let fewer callers through. */
const moreIsNarrower = /^(?:for(?:anyvalue|allvalues):)?(?:stringnot\w*|arnnot\w*|notipaddress)$/;

/** Whether a condition keeps out all that the expected one keeps out. Other operators must say the very same. */
export function isAsNarrow(condition: GrantCondition, expected: ExpectedCondition): boolean {
  const operator = expected.operator.toLowerCase();
  if (condition.key.toLowerCase() !== expected.key.toLowerCase()) return false;
  if (condition.operator.toLowerCase() !== operator) return false;
  const fewer = isSubset(condition.values, expected.values);
  const more = isSubset(expected.values, condition.values);
  if (fewerIsNarrower.test(operator)) return fewer && condition.values.length > 0;
  return moreIsNarrower.test(operator) ? more : fewer && more;
}

function coversGrant(expected: ExpectedGrant, { outsider, actions, resources, conditions }: Width): boolean {
  return (
    coversOutsider(expected.outsider, outsider) &&
    isWithin(lower(actions), lower(expected.actions)) &&
    (expected.resources === undefined || isWithin(resources, expected.resources)) &&
    expected.conditions.every((each) => conditions.some((condition) => isAsNarrow(condition, each)))
  );
}

/**
 * Whether an entry covers a finding: the same outsider, a resource of its kind and pattern, no action and no
 * resource beyond its own, and every condition that it asks for, at least as narrow. Its end is not looked at.
 */
export function covers(expected: ExpectedGrant, { kind, arn, grant }: ExpectableGrant): boolean {
  return kind === expected.kind && arnMatches(expected.resource, arn) && coversGrant(expected, grant);
}
