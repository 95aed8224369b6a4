import type { Condition, KeyValue } from '../iam/condition.ts';
import { conditionHolds } from '../iam/condition.ts';
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
  return variables ? values.flatMap((value) => fillVariables(value, lookUp) ?? []) : values;
}

/** Whether a key's value does what the goal asks. */
export function meets({ condition, wanted }: Goal, value: KeyValue, lookUp: LookUp): boolean {
  return conditionHolds(condition, value, filledValues(condition, lookUp)) === wanted;
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
    operator: more.negated === true ? { ...operator, negated: true } : operator,
    values,
    writtenKey: key,
    writtenOperator: comparison,
    variables: more.variables === true,
  };
}
