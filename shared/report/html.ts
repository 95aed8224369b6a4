import type { AuditReport } from '../findings/audit-report.ts';
import { severities } from '../findings/severity.ts';
import { coverageSection } from './html-coverage.ts';
import {
  expectedSection,
  findingSection,
  gapSection,
  noteSection,
  tamperingSection,
} from './html-findings.ts';
import { contentSecurityPolicy, style } from './html-style.ts';
import { html, type Markup, nothing } from './markup.ts';
import { summary } from './summary.ts';

/** `2027-01-02 03:04` */
const minute = (time: string) => time.slice(0, 16).replace('T', ' ');

const figure = (number: number, words: string, name = ''): Markup =>
  html`<li><strong class="${name}">${number.toLocaleString('en-US')}</strong>${words}</li>`;

function figures(report: AuditReport): Markup {
  const { findings, expected, gaps, accounts, places, resources } = summary(report);
  return html`<ul class="figures">
${severities.map((severity) => figure(findings[severity], severity, findings[severity] > 0 ? severity : ''))}
${figure(expected, 'expected')}
${figure(gaps, 'gaps', gaps > 0 ? 'high' : '')}
${figure(accounts.read, 'accounts read')}
${figure(places.read, 'places read')}
${figure(resources.present + resources.absent, 'resources read')}
</ul>`;
}

/**
 * report.html: one page that needs nothing else, to read, send and print. Every text of the audited accounts
 * is escaped, and the page's own policy forbids scripts and fetching.
 */
export function htmlReport(report: AuditReport): string {
  const { organization, audit, startedAt, finishedAt, findings } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>trustwatch: ${organization}, ${startedAt.slice(0, 10)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header>
<h1>Who outside can get into ${organization}</h1>
<p class="soft">Audit ${audit}, ${minute(startedAt)} to ${minute(finishedAt)} UTC</p>
</header>
<main>
${figures(report)}
${findings.length === 0 ? nothing : html`<p>A finding is access from outside that nobody has said to expect. Each comes with a request that gets in.</p>`}
${findingSection(report)}
${expectedSection(report)}
${gapSection(report)}${tamperingSection(report)}
${noteSection(report)}
${coverageSection(report)}
</main>
</body>
</html>
`.markup;
}
