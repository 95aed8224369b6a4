import { valueMatches } from './comparison.ts';
import type { Operator } from './operator.ts';

/** One key under one operator of a Condition block. */
export interface Condition {
  /** In lower case: keys are told apart without letter case. */
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
  /** As the policy writes them. */
  readonly writtenKey: string;
  readonly writtenOperator: string;
  /** Whether a value holds a policy variable. */
  readonly variables: boolean;
}

/** A key's value in a request: absent, one, or several. */
export type KeyValue = string | readonly string[] | undefined;

function matchesAny(condition: Condition, values: readonly string[], given: string): boolean {
  const { comparison } = condition.operator;
  for (const wanted of values) if (valueMatches(comparison, wanted, given)) return true;
  return false;
}

function absentHolds({ comparison, negated, quantifier, ifExists }: Operator): boolean {
  if (comparison === 'Null') return false;
  if (quantifier === 'any') return ifExists;
  return ifExists || negated || quantifier === 'all';
}

/**
 * Whether a condition holds for a key's value: any of `values` (the condition's own, variables filled in).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionHolds(condition: Condition, given: KeyValue, values = condition.values): boolean {
  const { comparison, negated, quantifier } = condition.operator;
  const present = given !== undefined && given.length > 0;
  if (comparison === 'Null') return values.some((value) => (value.toLowerCase() === 'true') !== present);
  if (given === undefined || (!present && typeof given !== 'string')) return absentHolds(condition.operator);
  if (typeof given === 'string') {
    if (!present && quantifier === 'all') return true;
    return matchesAny(condition, values, given) !== negated;
  }
  const holds = (one: string) => matchesAny(condition, values, one) !== negated;
  return quantifier === 'all' ? given.every(holds) : given.some(holds);
}
