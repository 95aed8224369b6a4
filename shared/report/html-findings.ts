import type { Note, StatementReference } from '../access/grant.ts';
import type { AuditReport, ReportedFinding, ReportedGap, ReportedNote } from '../findings/audit-report.ts';
import type { Severity } from '../findings/finding.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { severities } from '../findings/severity.ts';
import { formatSubject } from '../findings/subject.ts';
import { formatPlace } from '../iam/place.ts';
import { conditionText } from './condition-text.ts';
import { html, type Markup, nothing } from './markup.ts';
import { whereOf } from './where.ts';

/** So many findings a browser still shows; the others stand in report.json. */
const bound = 5000;

const statementText = ({ policy, index, sid }: StatementReference) =>
  `${policy}, statement ${index}${sid === undefined ? '' : ` (${sid})`}`;

const codes = (texts: readonly string[]): readonly Markup[] =>
  texts.map((text) => html`<code>${text}</code> `);

const entry = (term: string, texts: readonly string[]): Markup =>
  texts.length === 0 ? nothing : html`<dt>${term}</dt><dd>${codes(texts)}</dd>`;

const statusWords = { new: 'new', open: 'known', unread: 'known, not read again' } as const;

const day = (time: string) => time.slice(0, 10);

function findingArticle({ finding, status, firstSeen }: ReportedFinding): Markup {
  const { severity, title, grant, place, kind, arn, id } = finding;
  return html`<article class="${severity}" id="${id}">
<h3><span class="badge ${severity}">${severity}</span>${title}</h3>
<p>${grant.because}</p>
<dl>
<dt>resource</dt><dd>${kind} <code>${arn}</code></dd>
<dt>place</dt><dd>${formatPlace(place)}</dd>
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
}

/** JSON by lines; the line breaks are ours, those within are written as letters already. */
const witnessText = (witness: unknown): readonly Markup[] =>
  JSON.stringify(witness, null, 2)
    .split('\n')
    .map((line) => html`${line}\n`);

function bySeverity(findings: readonly ReportedFinding[], severity: Severity): Markup {
  const some = findings.filter(({ finding }) => finding.severity === severity);
  return some.length === 0 ? nothing : html`<section>${some.map(findingArticle)}</section>`;
}

export function findingSection({ findings }: AuditReport): Markup {
  const shown = findings.slice(0, bound);
  return html`<h2>Who gets in</h2>
${findings.length === 0 ? html`<p class="fine">Nobody from outside who is not expected.</p>` : nothing}
${severities.map((severity) => bySeverity(shown, severity))}
${findings.length > bound ? html`<p>${findings.length - bound} more findings stand in report.json.</p>` : nothing}`;
}

function gapRow({ finding, firstSeen }: ReportedGap): Markup {
  const { account, region } = whereOf(finding.subject);
  return html`<tr><td>${account}<br>${region}</td><td><code>${formatSubject(finding.subject)}</code></td><td><strong>${finding.unread.reason}</strong> ${finding.unread.message}</td><td>${day(firstSeen)}</td></tr>
`;
}

export function gapSection({ gaps }: AuditReport): Markup {
  if (gaps.length === 0) return html`<h2>What could not be read</h2><p class="fine">Everything was read.</p>`;
  return html`<h2>What could not be read</h2>
<p>Nothing is known of these. What was found there before stays open.</p>
<div class="wide"><table><thead><tr><th>place</th><th>what</th><th>why</th><th>since</th></tr></thead><tbody>
${gaps.slice(0, bound).map(gapRow)}</tbody></table></div>
${gaps.length > bound ? html`<p>${gaps.length - bound} more gaps stand in report.json.</p>` : nothing}`;
}

const noteRow = (resource: ReportedNote['resource'], note: Note): Markup =>
  html`<tr><td>${formatPlace(resource.place)}</td><td><code>${resource.arn}</code></td><td>${note.type}</td><td>${statementText(note.statement)}: ${note.because}</td></tr>
`;

export function noteSection({ notes }: AuditReport): Markup {
  if (notes.length === 0) return nothing;
  return html`<h2>Worth knowing</h2>
<div class="wide"><table><thead><tr><th>place</th><th>resource</th><th>note</th><th>why</th></tr></thead><tbody>
${notes.slice(0, bound).map(({ resource, note }) => noteRow(resource, note))}</tbody></table></div>
${notes.length > bound ? html`<p>${notes.length - bound} more notes stand in report.json.</p>` : nothing}`;
}
