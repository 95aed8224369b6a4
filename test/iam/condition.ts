import type { Condition } from '../../shared/iam/condition.ts';
import { keyFacts } from '../../shared/iam/context-key.ts';
import { parseOperator } from '../../shared/iam/operator.ts';

/** A condition on one key, by the name of its operator. */
export function condition(name: string, ...values: string[]): Condition {
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  return {
    key: 'k',
    facts: keyFacts('k'),
    operator,
    values,
    writtenKey: 'k',
    writtenOperator: name,
    variables: false,
  };
}
