import type { AuditReport } from '../findings/audit-report.ts';
import type { KindCoverage, PlaceCoverage } from '../findings/coverage.ts';
import { type AccountName, accountNames } from './account-names.ts';
import { html, type Markup, nothing } from './markup.ts';
import { unreadText } from './unread-text.ts';

/** `0.4 s` */
const seconds = (durationMs: number) => `${(durationMs / 1000).toFixed(1)} s`;

function cell(kind: KindCoverage | undefined): Markup {
  if (kind === undefined) return html`<td></td>`;
  const took = seconds(kind.durationMs);
  if (kind.outcome === 'unread')
    return html`<td class="unread" title="${took}">unread:<br>${kind.unread?.reason ?? 'unknown'}</td>`;
  if (kind.outcome === 'not-usable') return html`<td class="soft" title="${took}">not here</td>`;
  const read = kind.present + kind.absent;
  return kind.unreadResources > 0
    ? html`<td class="number unread" title="${took}">${read}; unread: ${unreadText(kind.unreadBy ?? {})}</td>`
    : html`<td class="number" title="${took}">${read}</td>`;
}

function placeRow(
  { place, unread, kinds, durationMs }: PlaceCoverage,
  columns: readonly string[],
  nameOf: AccountName,
): Markup {
  const cells =
    unread === undefined
      ? columns.map((id) => cell(kinds.find(({ kind }) => kind === id)))
      : [
          html`<td class="unread" colspan="${columns.length}">unread: ${unread.reason}, ${unread.message}</td>`,
        ];
  return html`<tr><td class="place">${place.account} ${nameOf(place.account)}</td><td class="place">${place.region}</td><td class="number">${seconds(durationMs)}</td>${cells}</tr>
`;
}

/** Listed wherever it is to be had, and nothing found: a word for all places instead of a column. */
const isEmpty = ({ outcome, present, absent, unreadResources }: KindCoverage) =>
  outcome !== 'unread' && present + absent + unreadResources === 0;

/** Which kinds were read where, with the number of resources; what was not read stands out. */
export function coverageSection(report: AuditReport): Markup {
  const { coverage } = report;
  const nameOf = accountNames(report);
  const read = coverage.places.flatMap(({ kinds }) => kinds);
  const columns = [...new Set(read.filter((each) => !isEmpty(each)).map(({ kind }) => kind))].sort();
  const empty = [...new Set(read.map(({ kind }) => kind))].filter((kind) => !columns.includes(kind)).sort();
  const { unread, skipped } = coverage;
  return html`<h2>What was read</h2>
<p class="soft">Resources read, by place and kind. An empty field: the kind is read elsewhere in the account. How long a kind took stands beneath the pointer; kinds are read side by side.</p>
<div class="wide"><table><thead><tr><th>account</th><th>region</th><th>time</th>${columns.map((id) => html`<th>${id.split(':')[0] ?? ''}:<wbr>${id.split(':')[1] ?? ''}</th>`)}</tr></thead><tbody>
${coverage.places.map((place) => placeRow(place, columns, nameOf))}${unread.map((account) => html`<tr><td class="place">${account.account} ${nameOf(account.account)}</td><td class="unread" colspan="${columns.length + 2}">unread: ${account.unread.reason}, ${account.unread.message}</td></tr>\n`)}</tbody></table></div>
${empty.length === 0 ? nothing : html`<p>Looked for in every place, and none there: ${empty.join(', ')}.</p>`}
${skipped.length === 0 ? nothing : html`<h2>What was not swept</h2><ul>${skipped.map(({ account, name, why }) => html`<li>${account} ${name}: ${why}</li>`)}</ul>`}`;
}
