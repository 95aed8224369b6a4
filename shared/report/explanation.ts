import type { PolicyText } from '../access/decision.ts';
import type { Grant, Note, StatementReference, Witness, WitnessPrincipal } from '../access/grant.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { severityOf } from '../findings/severity.ts';
import { conditionText } from './condition-text.ts';
import { statementLines } from './policy-lines.ts';
import { visible } from './visible.ts';

const line = (name: string, text: string) => `   ${name.padEnd(10)} ${visible(text, 1000)}`;

function callerText(principal: WitnessPrincipal): string {
  switch (principal.type) {
    case 'anonymous':
      return 'anybody, without a signature';
    case 'AWS':
      return principal.arn;
    case 'Service':
      return principal.service;
    case 'Federated':
      return `a token of ${principal.provider}`;
    case 'CanonicalUser':
      return `the canonical user ${principal.id}`;
    default:
      return principal satisfies never;
  }
}

/** The request that gets in, part by part, as another evaluator asks for it. */
function requestText({ action, resource, principal, context }: Witness): readonly string[] {
  const keys = Object.entries(context).map(([key, value]) => `${key} = ${[value].flat().join(', ')}`);
  return [
    line('gets in', `${action} on ${resource}`),
    line('as', callerText(principal)),
    ...keys.map((text, index) => line(index === 0 ? 'with' : '', text)),
  ];
}

/** The lines of statements, each statement once; of another policy than the resource's own, its name before them. */
type LinesOf = (statements: readonly StatementReference[]) => readonly string[];

function linesIn(policies: readonly PolicyText[]): LinesOf {
  const known = new Map(policies.map(({ name, text }) => [name, statementLines(text)]));
  const linesOf = ({ policy, index }: StatementReference) => known.get(policy)?.(index) ?? [];
  return (statements) => {
    const once = new Map(statements.map((one) => [`${one.index} ${one.policy}`, one]));
    return [...once.values()].flatMap((one) => [
      ...(one.policy === policies[0]?.name ? [] : [line('of', one.policy)]),
      ...linesOf(one),
    ]);
  };
}

function grantText(grant: Grant, number: number, linesOf: LinesOf): string {
  return [
    `${number}. ${severityOf(grant)}: ${visible(outsiderName(grant.outsider), 300)}`,
    line('because', grant.because),
    line('actions', grant.actions.join(', ')),
    line('on', grant.resources.join(', ')),
    ...grant.conditions.map((condition) =>
      line('condition', `${conditionText(condition)} (bounds ${condition.bounds})`),
    ),
    ...requestText(grant.witness),
    ...linesOf([...grant.statements, ...(grant.denies ?? [])]),
  ].join('\n');
}

/**
 * The grants of one policy to outsiders, each beside the lines that gave it and those of the Denies that its sentence
 * names, then the notes.
 * @param policies the resource's own, then those above it
 */
export function explanation(
  policies: readonly PolicyText[],
  grants: readonly Grant[],
  notes: readonly Note[],
): string {
  const linesOf = linesIn(policies);
  const parts = [
    ...grants.map((grant, index) => grantText(grant, index + 1, linesOf)),
    ...notes.map(({ type, statement, because }) =>
      [`note: ${type}`, line('because', because), ...linesOf([statement])].join('\n'),
    ),
  ];
  return grants.length === 0 ? ['Nobody from outside gets in.', ...parts].join('\n\n') : parts.join('\n\n');
}
