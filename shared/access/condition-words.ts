import type { Condition } from '../iam/condition.ts';
import { cut } from '../iam/cut.ts';

/** A name in a sentence, whose clauses a semicolon and a space part: the name holds none of these. */
export function nameOf(text: string, most: number): string {
  if (text === '') return '""';
  const name = cut(text, most);
  return name.includes(';') ? name.replaceAll('; ', ';') : name;
}

const mostOfKey = 120;

/** The name of a key or an operator, in a sentence. */
export const shortName = (name: string): string => nameOf(name, mostOfKey);

const wordsOf = (values: readonly string[]) =>
  values.length === 1 ? (values[0] ?? '') : values.map((value) => value || '""').join(' or ');

/** A condition in a sentence, as its statement writes it: `StringEquals aws:PrincipalOrgID o-abc1234567`. */
export function conditionWords(
  { writtenOperator, writtenKey, values }: Condition,
  mostOfValues: number,
): string {
  const named = values.length === 0 ? 'with no value' : nameOf(wordsOf(values), mostOfValues);
  return `${shortName(writtenOperator)} ${shortName(writtenKey)} ${named}`;
}
