import type { Condition } from '../iam/condition.ts';
import { cut } from '../iam/cut.ts';

const mostOfKey = 120;

/** The name of a key or an operator, in a sentence. */
export const shortName = (name: string): string => cut(name, mostOfKey);

/** A condition in a sentence, as its statement writes it: `StringEquals aws:PrincipalOrgID o-abc1234567`. */
export function conditionWords(
  { writtenOperator, writtenKey, values }: Condition,
  mostOfValues: number,
): string {
  const named =
    values.length === 0
      ? 'with no value'
      : cut(values.length === 1 ? (values[0] ?? '') : values.join(' or '), mostOfValues);
  return `${shortName(writtenOperator)} ${shortName(writtenKey)} ${named}`;
}
