import type { Condition } from '../iam/condition.ts';
import { cut } from '../iam/cut.ts';

/** A name in a sentence, whose clauses a semicolon and a space part: the name holds none of these. */
export const nameOf = (text: string, most: number): string =>
  text === '' ? '""' : cut(text, most).replaceAll('; ', ';');

const mostOfKey = 120;

/** The name of a key or an operator, in a sentence. */
export const shortName = (name: string): string => nameOf(name, mostOfKey);

/** A condition in a sentence, as its statement writes it: `StringEquals aws:PrincipalOrgID o-abc1234567`. */
export function conditionWords(
  { writtenOperator, writtenKey, values }: Condition,
  mostOfValues: number,
): string {
  const named =
    values.length === 0
      ? 'with no value'
      : nameOf(values.map((value) => value || '""').join(' or '), mostOfValues);
  return `${shortName(writtenOperator)} ${shortName(writtenKey)} ${named}`;
}
