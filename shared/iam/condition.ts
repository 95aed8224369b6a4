import { valueMatches } from './comparison.ts';
import type { KeyFacts } from './context-key.ts';
import { isListed, longList, sortedList } from './long-list.ts';
import type { Comparison, Operator } from './operator.ts';

/** One key under one operator of a Condition block. */
export interface Condition {
  /** In lower case: keys are told apart without letter case. */
  readonly key: string;
  /** What is known of the key. */
  readonly facts: KeyFacts;
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

/** Whether one value of the request matches one value of the policy. */
export type Matching = (comparison: Comparison, wanted: string, given: string) => boolean;

function matchesAny(
  comparison: Comparison,
  values: readonly string[],
  given: string,
  matches: Matching,
): boolean {
  if (values.length >= longList) return matchesListed(comparison, values, given, matches);
  for (let i = 0; i < values.length; i += 1) if (matches(comparison, values[i] as string, given)) return true;
  return false;
}

/** The same for a long list: most of it is looked up. */
function matchesListed(
  comparison: Comparison,
  values: readonly string[],
  given: string,
  matches: Matching,
): boolean {
  const sorted = matches === valueMatches ? sortedList(comparison, values) : undefined;
  if (sorted !== undefined && isListed(sorted, given)) return true;
  return (sorted?.rest ?? values).some((value) => matches(comparison, value, given));
}

function absentHolds({ comparison, negated, quantifier, ifExists }: Operator): boolean {
  if (comparison === 'Null') return false;
  if (quantifier === 'any') return ifExists;
  return ifExists || negated || quantifier === 'all';
}

/** Whether a key is there with nothing but an empty text: to ForAllValues and Null the same as nothing. */
function isEmptySet(given: string | readonly string[]): boolean {
  if (typeof given === 'string') return given === '';
  for (const one of given) if (one !== '') return false;
  return true;
}

/**
 * Whether a condition holds for a key's value: any of `values` (the condition's own, variables filled in).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionHolds(
  condition: Condition,
  given: KeyValue,
  values: readonly string[] = condition.values,
  matches: Matching = valueMatches,
): boolean {
  const { comparison, negated, quantifier } = condition.operator;
  if (comparison === 'Null') {
    const present = given !== undefined && !isEmptySet(given);
    return values.some((value) => (value.toLowerCase() === 'true') !== present);
  }
  if (given === undefined || (given.length === 0 && typeof given !== 'string'))
    return absentHolds(condition.operator);
  if (quantifier === 'all' && isEmptySet(given)) return true;
  if (typeof given === 'string') return matchesAny(comparison, values, given, matches) !== negated;
  return listHolds(condition.operator, values, given, matches);
}

function listHolds(
  { comparison, negated, quantifier }: Operator,
  values: readonly string[],
  given: readonly string[],
  matches: Matching,
): boolean {
  const holds = (one: string) => matchesAny(comparison, values, one, matches) !== negated;
  return quantifier === 'all' ? given.every(holds) : given.some(holds);
}
