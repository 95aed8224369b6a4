import type { Grant, Note, Witness, WitnessPrincipal } from '../access/grant.ts';
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

function grantText(grant: Grant, number: number, linesOf: (statement: number) => readonly string[]): string {
  return [
    `${number}. ${severityOf(grant)}: ${visible(outsiderName(grant.outsider), 300)}`,
    line('because', grant.because),
    line('actions', grant.actions.join(', ')),
    line('on', grant.resources.join(', ')),
    ...grant.conditions.map((condition) =>
      line('condition', `${conditionText(condition)} (bounds ${condition.bounds})`),
    ),
    ...requestText(grant.witness),
    ...grant.statements.flatMap(({ index }) => linesOf(index)),
  ].join('\n');
}

/** The grants of one policy to outsiders, each beside the lines of the policy that gave it, then the notes. */
export function explanation(policy: string, grants: readonly Grant[], notes: readonly Note[]): string {
  const linesOf = statementLines(policy);
  const parts = [
    ...grants.map((grant, index) => grantText(grant, index + 1, linesOf)),
    ...notes.map(({ type, statement, because }) =>
      [`note: ${type}`, line('because', because), ...linesOf(statement.index)].join('\n'),
    ),
  ];
  return grants.length === 0 ? ['Nobody from outside gets in.', ...parts].join('\n\n') : parts.join('\n\n');
}
