import { hasArnSegments } from '../iam/arn-pattern.ts';
import { valueMatches } from '../iam/comparison.ts';
import { type Condition, conditionHolds, type KeyValue, type Matching } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { globMatches } from '../iam/glob.ts';
import { type Comparison, parseOperator } from '../iam/operator.ts';
import { fillVariables } from '../iam/variable.ts';

/** A condition that must hold, or must not. */
export interface Goal {
  readonly condition: Condition;
  readonly wanted: boolean;
}

/** The value that a request gives to a key, named in lower case. */
export type LookUp = (key: string) => KeyValue;

/** A condition's values with variables filled in; a value whose variable is absent falls away. */
export function filledValues({ values, variables }: Condition, lookUp: LookUp): readonly string[] {
  if (!variables) return values;
  return gather(values, (value) => fillVariables(value, lookUp));
}

/** ARN patterns of fewer than six segments: AWS does not say what they match. */
const isShort = (pattern: string) => !hasArnSegments(pattern);

/** The wide reading of a short ARN pattern: as it stands, or completed. */
const matchesWidely: Matching = (comparison, wanted, given) => {
  if (comparison !== 'ArnLike' || !isShort(wanted)) return valueMatches(comparison, wanted, given);
  // What is no ARN, as the name of a service, no ARN pattern matches.
  if (!hasArnSegments(given)) return false;
  return globMatches(wanted, given) || globMatches(`${wanted}:*`, given);
};

/** The key under which the search treats the time of the request, in seconds since 1970. */
export const timeKey = 'aws:epochtime';

/** The value as the condition's own key has it: aws:CurrentTime writes the time out. */
function asWritten({ key, writtenKey, operator }: Condition, value: KeyValue): KeyValue {
  if (key !== timeKey || typeof value !== 'string' || !operator.comparison.startsWith('String')) return value;
  return writtenKey.toLowerCase() === timeKey ? value : new Date(Number(value) * 1000).toISOString();
}

const neverMatches: Matching = () => false;

/** Times, numbers and addresses compared as texts: AWS does not say whether they match as they are written. */
function isAlien({ key, facts: { type }, operator }: Condition): boolean {
  if (type === 'text' || !operator.comparison.startsWith('String') || !key.startsWith('aws:')) return false;
  return type === 'date' || type === 'number' || type === 'address';
}

/** Whether a key's value does, or under some reading may do, what the goal asks. */
export const meets = ({ condition, wanted }: Goal, given: KeyValue, lookUp: LookUp): boolean =>
  mayHold(condition, wanted, given, lookUp);

/** Whether a condition holds (`wanted`) or fails for a key's value, or under some reading may. */
export function mayHold(condition: Condition, wanted: boolean, given: KeyValue, lookUp: LookUp): boolean {
  const value = condition.key === timeKey ? asWritten(condition, given) : given;
  const values = condition.variables ? filledValues(condition, lookUp) : condition.values;
  if (conditionHolds(condition, value, values) === wanted) return true;
  if (isAlien(condition)) return conditionHolds(condition, value, values, neverMatches) === wanted;
  if (condition.operator.comparison !== 'ArnLike' || !values.some(isShort)) return false;
  return conditionHolds(condition, value, values, matchesWidely) === wanted;
}

/** A condition of our own making: `key` matches one of the values, or none of them. */
export function madeCondition(
  key: string,
  comparison: Comparison,
  values: readonly string[],
  more: { readonly negated?: boolean; readonly variables?: boolean } = {},
): Condition {
  const operator = parseOperator(comparison);
  if (operator === undefined) throw new Error(`no operator ${comparison}`);
  return {
    key,
    facts: keyFacts(key),
    operator: more.negated === true ? { ...operator, negated: true } : operator,
    values,
    writtenKey: key,
    writtenOperator: comparison,
    variables: more.variables === true,
  };
}
