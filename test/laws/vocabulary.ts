import type { DecisionInput } from '../../shared/access/decision.ts';
import { type ConditionLine, type Statement, statementsOf } from '../spec/policy.ts';

/** The strings that policies speak with. Requests are made of them, so that matches are common. */
export interface Vocabulary {
  readonly allows: readonly Statement[];
  readonly statements: readonly Statement[];
  readonly lines: readonly ConditionLine[];
}

export function vocabularyOf(input: Omit<DecisionInput, 'zone'>): Vocabulary {
  const own = input.policies.flatMap(statementsOf);
  const statements = [...own, ...(input.resourceControlPolicies ?? []).flatMap(statementsOf)];
  return {
    allows: own.filter(({ effect }) => effect === 'Allow'),
    statements,
    lines: statements.flatMap(({ conditions }) => conditions),
  };
}

const isOneOf = (key: string, names: readonly string[]) => names.includes(key.toLowerCase());
const withVariable = /^([^$]*)\$\{\s*([^},]+?)\s*(?:,\s*'([^']*)'\s*)?\}(.*)$/;

/** What lines compare a key with, without variables. */
const plainTexts = (lines: readonly ConditionLine[], key: string): readonly string[] =>
  lines
    .filter((line) => isOneOf(line.key, [key.toLowerCase()]) && !/^null$/i.test(line.operator))
    .flatMap(({ values }) => values.filter((value) => !value.includes('${')));

/**
 * A value as it stands, and with its first variable by its default, by what lines say of its key, and by any text; or by
 * the sign that it is written for.
 */
function readings(lines: readonly ConditionLine[], value: string): readonly string[] {
  const [, before, key = '', fallback, after] = withVariable.exec(value) ?? [];
  if (before === undefined) return [value];
  if (/^[*?$]$/.test(key)) return [before + key + after];
  const stands = [...(fallback === undefined ? [] : [fallback]), ...plainTexts(lines, key), '*'];
  return [value, ...stands.map((text) => before + text + after)];
}

/** What a variable of one of the keys must be for the line to hold of a text that its key is to be. */
function readBack(
  lines: readonly ConditionLine[],
  line: ConditionLine,
  names: readonly string[],
): readonly string[] {
  return line.values.flatMap((value) => {
    const [, before = '', key = '', , after = ''] = withVariable.exec(value) ?? [];
    if (!isOneOf(key, names)) return [];
    return plainTexts(lines, line.key)
      .filter((text) => text.startsWith(before) && text.endsWith(after))
      .map((text) => text.slice(before.length, text.length - after.length));
  });
}

/** All values that lines give for a key, by themselves or through variables. */
export function valuesFor(lines: readonly ConditionLine[], ...keys: readonly string[]): readonly string[] {
  const names = keys.map((key) => key.toLowerCase());
  return lines.flatMap((line) => [
    ...(isOneOf(line.key, names) ? line.values.flatMap((value) => readings(lines, value)) : []),
    ...readBack(lines, line, names),
  ]);
}

/** The values that principals are given by, of one type. */
export function principalsOf(statements: readonly Statement[], type: string): readonly string[] {
  return statements
    .flatMap(({ principal, notPrincipal }) => [principal, notPrincipal])
    .flatMap((element) => (element === undefined || element === '*' ? [] : (element[type] ?? [])));
}
