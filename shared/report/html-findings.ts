import type { Note, StatementReference } from '../access/grant.ts';
import type { AuditReport, ReportedFinding, ReportedGap, ReportedNote } from '../findings/audit-report.ts';
import type { Severity } from '../findings/finding.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { severities } from '../findings/severity.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import type { Place } from '../iam/place.ts';
import { type AccountName, accountNames } from './account-names.ts';
import { conditionText } from './condition-text.ts';
import { html, type Markup, nothing } from './markup.ts';

/** So many findings a browser still shows; the others stand in report.json. */
const bound = 5000;

const statementText = ({ policy, index, sid }: StatementReference) =>
  `${policy}, statement ${index}${sid === undefined ? '' : ` (${sid})`}`;

const codes = (texts: readonly string[]): readonly Markup[] =>
  texts.map((text) => html`<code>${text}</code> `);

const entry = (term: string, texts: readonly string[]): Markup =>
  texts.length === 0 ? nothing : html`<dt>${term}</dt><dd>${codes(texts)}</dd>`;

const statusWords = { new: 'new', open: 'known', unread: 'known, not read again' } as const;

/** `111122223333 acme-prod, eu-west-1` */
const placeText = (nameOf: AccountName, { account, region }: Place) =>
  `${[account, nameOf(account)].join(' ').trim()}, ${region}`;

const day = (time: string) => time.slice(0, 10);

const findingArticle =
  (nameOf: AccountName) =>
  ({ finding, status, firstSeen }: ReportedFinding): Markup => {
    const { severity, title, grant, place, kind, arn, id } = finding;
    return html`<article class="${severity}" id="${id}">
<h3><span class="badge ${severity}">${severity}</span>${title}</h3>
<p>${grant.because}</p>
<dl>
<dt>resource</dt><dd>${kind} <code>${arn}</code></dd>
<dt>place</dt><dd>${placeText(nameOf, place)}</dd>
<dt>outsider</dt><dd><code>${outsiderName(grant.outsider)}</code></dd>
${entry('actions', grant.actions)}
${entry('on', grant.resources)}
${grant.conditions.map((condition) => html`<dt>condition</dt><dd><code>${conditionText(condition)}</code> <span class="soft">bounds ${condition.bounds}</span></dd>`)}
${entry('let in by', grant.statements.map(statementText))}
<dt>seen</dt><dd>${statusWords[status]}, since ${day(firstSeen)}</dd>
</dl>
<details><summary>a request that gets in</summary><pre>${witnessText(finding.grant.witness)}</pre></details>
</article>
`;
  };

/** JSON by lines; the line breaks are ours, those within are written as letters already. */
const witnessText = (witness: unknown): readonly Markup[] =>
  JSON.stringify(witness, null, 2)
    .split('\n')
    .map((line) => html`${line}\n`);

function bySeverity(findings: readonly ReportedFinding[], severity: Severity, nameOf: AccountName): Markup {
  const some = findings.filter(({ finding }) => finding.severity === severity);
  return some.length === 0 ? nothing : html`<section>${some.map(findingArticle(nameOf))}</section>`;
}

export function findingSection(report: AuditReport): Markup {
  const { findings } = report;
  const nameOf = accountNames(report);
  const shown = findings.slice(0, bound);
  return html`<h2>Who gets in</h2>
${findings.length === 0 ? html`<p class="fine">Nobody from outside who is not expected.</p>` : nothing}
${severities.map((severity) => bySeverity(shown, severity, nameOf))}
${findings.length > bound ? html`<p>${findings.length - bound} more findings stand in report.json.</p>` : nothing}`;
}

const gapRow =
  (nameOf: AccountName) =>
  ({ finding, firstSeen }: ReportedGap): Markup => {
    const { account = '', region = '' } = whereOf(finding.subject);
    return html`<tr><td>${account} ${nameOf(account)}<br>${region}</td><td><code>${formatSubject(finding.subject)}</code></td><td><strong>${finding.unread.reason}</strong> ${finding.unread.message}</td><td>${day(firstSeen)}</td></tr>
`;
  };

export function gapSection(report: AuditReport): Markup {
  const { gaps } = report;
  if (gaps.length === 0) return html`<h2>What could not be read</h2><p class="fine">Everything was read.</p>`;
  return html`<h2>What could not be read</h2>
<p>Nothing is known of these. What was found there before stays open.</p>
<div class="wide"><table><thead><tr><th>place</th><th>what</th><th>why</th><th>since</th></tr></thead><tbody>
${gaps.slice(0, bound).map(gapRow(accountNames(report)))}</tbody></table></div>
${gaps.length > bound ? html`<p>${gaps.length - bound} more gaps stand in report.json.</p>` : nothing}`;
}

const noteRow = (nameOf: AccountName, resource: ReportedNote['resource'], note: Note): Markup =>
  html`<tr><td>${placeText(nameOf, resource.place)}</td><td><code>${resource.arn}</code></td><td>${note.type}</td><td>${statementText(note.statement)}: ${note.because}</td></tr>
`;

export function noteSection(report: AuditReport): Markup {
  const { notes } = report;
  const nameOf = accountNames(report);
  if (notes.length === 0) return nothing;
  return html`<h2>Worth knowing</h2>
<div class="wide"><table><thead><tr><th>place</th><th>resource</th><th>note</th><th>why</th></tr></thead><tbody>
${notes.slice(0, bound).map(({ resource, note }) => noteRow(nameOf, resource, note))}</tbody></table></div>
${notes.length > bound ? html`<p>${notes.length - bound} more notes stand in report.json.</p>` : nothing}`;
}
