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

/** All values that lines give for a key. */
export function valuesFor(lines: readonly ConditionLine[], ...keys: readonly string[]): readonly string[] {
  const names = keys.map((key) => key.toLowerCase());
  return lines.filter(({ key }) => names.includes(key.toLowerCase())).flatMap(({ values }) => values);
}

/** The values that principals are given by, of one type. */
export function principalsOf(statements: readonly Statement[], type: string): readonly string[] {
  return statements
    .flatMap(({ principal, notPrincipal }) => [principal, notPrincipal])
    .flatMap((element) => (element === undefined || element === '*' ? [] : (element[type] ?? [])));
}
