import type { Grant, Note } from '../access/grant.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { severityOf } from '../findings/severity.ts';
import { conditionText } from './condition-text.ts';
import { statementLines } from './policy-lines.ts';
import { visible } from './visible.ts';

const line = (name: string, text: string) => `   ${name.padEnd(10)} ${visible(text, 1000)}`;

function grantText(grant: Grant, number: number, linesOf: (statement: number) => readonly string[]): string {
  const { witness } = grant;
  return [
    `${number}. ${severityOf(grant)}: ${visible(outsiderName(grant.outsider), 300)}`,
    line('because', grant.because),
    line('actions', grant.actions.join(', ')),
    line('on', grant.resources.join(', ')),
    ...grant.conditions.map((condition) =>
      line('condition', `${conditionText(condition)} (bounds ${condition.bounds})`),
    ),
    line('gets in', `${witness.action} on ${witness.resource} with ${JSON.stringify(witness.context)}`),
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
