import type { Note, StatementReference } from '../access/grant.ts';
import { classifyActor } from '../findings/actor.ts';
import type {
  AuditReport,
  ReportedFinding,
  ReportedNote,
  ReportedTampering,
} from '../findings/audit-report.ts';
import type { Severity } from '../findings/finding.ts';
import { isUnannounced } from '../findings/former-texts.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { severities } from '../findings/severity.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import type { Place } from '../iam/place.ts';
import { type AccountName, accountNames } from './account-names.ts';
import { ageText } from './age.ts';
import { conditionText } from './condition-text.ts';
import { expectationText, staleText } from './expectation-text.ts';
import { type GapGroup, groupByRegion } from './gap-groups.ts';
import { policySection } from './html-policy.ts';
import { html, type Markup, nothing } from './markup.ts';

/** So many findings a browser still shows; the others stand in report.json. */
const bound = 5000;

const statementText = ({ policy, index, sid }: StatementReference) =>
  `${policy}, statement ${index}${sid === undefined ? '' : ` (${sid})`}`;

const codes = (texts: readonly string[]): readonly Markup[] =>
  texts.map((text) => html`<code>${text}</code> `);

const entry = (term: string, texts: readonly string[]): Markup =>
  texts.length === 0 ? nothing : html`<dt>${term}</dt><dd>${codes(texts)}</dd>`;

const statusWords = {
  new: 'new',
  open: 'known',
  unread: 'known',
  expected: 'expected',
} as const;

/** `111122223333 acme-prod, eu-west-1` */
const placeText = (nameOf: AccountName, { account, region }: Place) =>
  `${[account, nameOf(account)].join(' ').trim()}, ${region}`;

const day = (time: string) => time.slice(0, 10);

/** Who made it what it is, or that nobody told. */
function causeEntries({ cause, policies }: ReportedFinding): Markup {
  if (cause.by === 'audit')
    return isUnannounced(cause, policies)
      ? html`<dt>found by</dt><dd>audit ${cause.audit}, before any event told of a change</dd>`
      : nothing;
  const { actor, eventName, eventTime, eventId } = cause;
  const { tool, madeBy } = classifyActor(actor);
  const from = actor.sourceAddress === undefined ? '' : ` from ${actor.sourceAddress}`;
  const how = [madeBy === 'unknown' ? '' : `a ${madeBy}`, tool === 'unknown' ? '' : `with ${tool}`];
  return html`<dt>changed by</dt><dd><code>${actor.principal}</code>${from} <span class="soft">${how.join(' ').trim()}</span></dd>
<dt>change</dt><dd><code>${eventName}</code> at ${eventTime}, event <code>${eventId}</code></dd>`;
}

/** Since when it is known, and of what could not be read again, how old that knowledge is. */
function seenText({ status, firstSeen, lastSeen }: ReportedFinding, at: string): string {
  const seen = `${statusWords[status]}, since ${day(firstSeen)}`;
  return status === 'unread' ? `${seen}; not read again since ${ageText(lastSeen, at)}` : seen;
}

const findingArticle =
  (nameOf: AccountName, at: string) =>
  (reported: ReportedFinding): Markup => {
    const { finding } = reported;
    const { severity, title, grant, place, kind, arn, id } = finding;
    const wanted = expectationText(finding);
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
${wanted === undefined ? nothing : html`<dt>trust.yml</dt><dd>${wanted}</dd>`}
<dt>seen</dt><dd>${seenText(reported, at)}</dd>
${causeEntries(reported)}
</dl>
${policySection(reported)}
<details><summary>a request that gets in</summary><pre>${witnessText(finding.grant.witness)}</pre></details>
</article>
`;
  };

/** JSON by lines; the line breaks are ours, those within are written as letters already. */
const witnessText = (witness: unknown): readonly Markup[] =>
  JSON.stringify(witness, null, 2)
    .split('\n')
    .map((line) => html`${line}\n`);

function bySeverity(
  findings: readonly ReportedFinding[],
  severity: Severity,
  nameOf: AccountName,
  at: string,
): Markup {
  const some = findings.filter(({ finding }) => finding.severity === severity);
  return some.length === 0 ? nothing : html`<section>${some.map(findingArticle(nameOf, at))}</section>`;
}

export function findingSection(report: AuditReport): Markup {
  const { findings } = report;
  const nameOf = accountNames(report);
  const shown = findings.slice(0, bound);
  return html`<h2>Who gets in</h2>
${findings.length === 0 ? html`<p class="fine">Nobody from outside who is not expected.</p>` : nothing}
${severities.map((severity) => bySeverity(shown, severity, nameOf, report.startedAt))}
${findings.length > bound ? html`<p>${findings.length - bound} more findings stand in report.json.</p>` : nothing}`;
}

/** Grants that are there and wanted, and what trust.yml expects without need. */
export function expectedSection(report: AuditReport): Markup {
  const { expected, stale } = report;
  const more = expected.length - bound;
  const wanted = html`<h2>Who is expected</h2>
<p>Access from outside that trust.yml says is wanted, as wide as it says and no wider.</p>
${expected.slice(0, bound).map(findingArticle(accountNames(report), report.startedAt))}
${more > 0 ? html`<p>${more} more stand in report.json.</p>` : nothing}`;
  const useless = html`<h2>What can be taken out of trust.yml</h2>
<ul>${stale.map((each) => html`<li>${staleText(each)}</li>`)}</ul>`;
  return html`${expected.length === 0 ? nothing : wanted}${stale.length === 0 ? nothing : useless}`;
}

/** Account, its name and where in it, one below the other. */
const placeCell = (nameOf: AccountName, account: string, regions: readonly string[]): Markup =>
  html`<td class="place">${account}<br>${nameOf(account)}${regions.map((region) => html`<br>${region}`)}</td>`;

const gapRow =
  (nameOf: AccountName, at: string) =>
  (group: GapGroup): Markup => {
    const { finding, firstSeen } = group[0];
    const { account = '', kind = 'everything' } = whereOf(finding.subject);
    const regions = group.flatMap((gap) => whereOf(gap.finding.subject).region ?? []);
    const what = group.length === 1 ? formatSubject(finding.subject) : `${kind} in ${group.length} regions`;
    return html`<tr>${placeCell(nameOf, account, regions)}<td class="text"><code>${what}</code></td><td class="text"><strong>${finding.unread.reason}</strong> ${finding.unread.message}</td><td class="place">${ageText(firstSeen, at)}</td></tr>
`;
  };

export function gapSection(report: AuditReport): Markup {
  const groups = groupByRegion(report.gaps);
  if (groups.length === 0)
    return html`<h2>What could not be read</h2><p class="fine">Everything was read.</p>`;
  return html`<h2>What could not be read</h2>
<p>Nothing is known of these. What was found there before stays open.</p>
<div class="wide"><table><thead><tr><th>place</th><th>what</th><th>why</th><th>since</th></tr></thead><tbody>
${groups.slice(0, bound).map(gapRow(accountNames(report), report.startedAt))}</tbody></table></div>
${groups.length > bound ? html`<p>${groups.length - bound} more stand in report.json.</p>` : nothing}`;
}

const tamperingRow =
  (nameOf: AccountName) =>
  ({ finding, cause, at }: ReportedTampering): Markup => {
    const { account, region } = finding.subject.place;
    const [call, who] =
      cause.by === 'change' ? [cause.eventName, cause.actor.principal] : ['an audit', cause.audit];
    const expected = finding.deployer === undefined ? '' : `, expected of ${finding.deployer.name}`;
    return html`<tr>${placeCell(nameOf, account, [region])}<td class="text">${finding.part} <code>${finding.name}</code></td><td class="text"><strong>${call}</strong> by <code>${who}</code>${expected}</td><td class="place">${day(at)}</td></tr>
`;
  };

export function tamperingSection(report: AuditReport): Markup {
  const { tampering } = report;
  if (tampering.length === 0) return nothing;
  return html`<h2>Who changed trustwatch itself</h2>
<p>Since then, something may not have been seen that should have been.</p>
<div class="wide"><table><thead><tr><th>place</th><th>what</th><th>who</th><th>when</th></tr></thead><tbody>
${tampering.slice(0, bound).map(tamperingRow(accountNames(report)))}</tbody></table></div>
${tampering.length > bound ? html`<p>${tampering.length - bound} more stand in report.json.</p>` : nothing}`;
}

const noteRow = (nameOf: AccountName, resource: ReportedNote['resource'], note: Note): Markup =>
  html`<tr>${placeCell(nameOf, resource.place.account, [resource.place.region])}<td class="text"><code>${resource.arn}</code></td><td>${note.type}</td><td class="text">${statementText(note.statement)}: ${note.because}</td></tr>
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
