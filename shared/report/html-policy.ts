import type { ReportedFinding } from '../findings/audit-report.ts';
import { isSamePolicy } from '../findings/former-texts.ts';
import { html, type Markup, nothing } from './markup.ts';
import { type NumberedLine, type PolicyDiff, policyDiffs, type ShownRow, shownRows } from './policy-diff.ts';
import { visible } from './visible.ts';

/** So many lines of one policy are shown; the others stand in report.json. */
const mostLines = 120;

/** No line of an ordinary policy is longer. */
const longestLine = 400;

type IsTold = (line: NumberedLine) => boolean;

function cells(line: NumberedLine | undefined, mark: string, isTold: IsTold): Markup {
  if (line === undefined) return html`<td class="no none"></td><td class="none"></td>`;
  const name = [mark === '' ? '' : mark === '+' ? 'come' : 'gone', isTold(line) ? 'told' : '']
    .join(' ')
    .trim();
  return html`<td class="no">${line.number}</td><td class="${name}"><code>${mark === '' ? ' ' : mark} ${visible(line.text, longestLine)}</code></td>`;
}

const hiddenRow = (hidden: number, columns: number): Markup =>
  html`<tr><td class="hidden" colspan="${columns}">${hidden} more lines</td></tr>
`;

const sideBySide =
  (isTold: IsTold) =>
  (row: ShownRow): Markup => {
    if ('hidden' in row) return hiddenRow(row.hidden, 4);
    const [gone, come] = row.isSame ? ['', ''] : ['−', '+'];
    return html`<tr>${cells(row.before, gone, () => false)}${cells(row.after, come, isTold)}</tr>
`;
  };

const alone =
  (isTold: IsTold) =>
  (row: ShownRow): Markup =>
    'hidden' in row
      ? hiddenRow(row.hidden, 2)
      : html`<tr>${cells(row.after, '', isTold)}</tr>
`;

/** The policies of a finding's resource: before and after side by side where another is known, or as they are. */
export function policySection({ finding, policies }: ReportedFinding): Markup {
  if (policies === undefined) return nothing;
  const { statements } = finding.grant;
  const isChange = policies.before !== undefined && !isSamePolicy(policies);
  const diffs = policyDiffs(
    isChange ? policies : { after: policies.after },
    statements.map(({ policy }) => policy),
  );
  const table = ({ name, rows }: PolicyDiff): Markup => {
    const told = new Set(statements.flatMap(({ policy, index }) => (policy === name ? [index] : [])));
    const isTold: IsTold = ({ statement }) => statement !== undefined && told.has(statement);
    const shown = shownRows(rows, isTold, mostLines);
    const head = isChange
      ? html`<tr><th colspan="2">${name} before</th><th colspan="2">${name} now</th></tr>`
      : html`<tr><th colspan="2">${name}</th></tr>`;
    const column = html`<col class="no"><col>`;
    return html`<div class="wide"><table class="policy${isChange ? ' both' : ''}"><colgroup>${isChange ? [column, column] : column}</colgroup><thead>${head}</thead><tbody>
${shown.map(isChange ? sideBySide(isTold) : alone(isTold))}</tbody></table></div>
`;
  };
  if (isChange)
    return html`<details open><summary>the policy before and now; the statements that let in are marked</summary>
${diffs.map(table)}</details>`;
  const unchanged =
    policies.before === undefined
      ? nothing
      : html`<p class="soft">The policy was the same before: who counts as inside, who is expected, or what the organization forbids was another.</p>`;
  return html`${unchanged}<details><summary>the statements that let in</summary>
${diffs.map(table)}</details>`;
}
