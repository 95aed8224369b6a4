import Table from 'cli-table3';
import pc from 'picocolors';
import type { AuditReport, ReportedFinding, ReportedGap } from '../findings/audit-report.ts';
import type { Severity } from '../findings/finding.ts';
import { severities } from '../findings/severity.ts';
import { formatSubject } from '../findings/subject.ts';
import { type Summary, summary } from './summary.ts';
import { visible } from './visible.ts';
import { whereOf } from './where.ts';
import { wrap } from './wrap.ts';

export interface TableOptions {
  /** Columns of the terminal; tables take 80 to 200. */
  readonly width: number;
  readonly color: boolean;
  /** At most so many findings, and so many gaps, are shown. */
  readonly limit: number;
}

type Colors = ReturnType<typeof pc.createColors>;

const paint = (colors: Colors): Readonly<Record<Severity, (text: string) => string>> => ({
  critical: (text) => colors.bold(colors.red(text)),
  high: colors.red,
  medium: colors.yellow,
  low: colors.dim,
});

const firstWidth = 12;
const whereWidth = 16;

const lastWidth = ({ width }: TableOptions) =>
  Math.min(Math.max(width, 80), 200) - firstWidth - whereWidth - 4;

/** Three columns; the last takes the room that is left. */
function table(head: readonly string[], rows: readonly string[][], options: TableOptions, colors: Colors) {
  const drawn = new Table({
    head: head.map((title) => colors.bold(title)),
    colWidths: [firstWidth, whereWidth, lastWidth(options)],
    style: { head: [], border: [] },
  });
  drawn.push(...rows);
  return drawn.toString();
}

/** Untrusted text in the lines of the last column. */
const paragraph = (text: string, bound: number, options: TableOptions): string =>
  wrap(visible(text, bound), lastWidth(options) - 2).join('\n');

const more = (all: number, limit: number) => (all > limit ? `\nand ${all - limit} more, in the report` : '');

function findingRow({ finding, status }: ReportedFinding, options: TableOptions, colors: Colors): string[] {
  const { place, severity, title, grant } = finding;
  const remark = { new: 'new', open: '', unread: 'not read again' }[status];
  return [
    `${paint(colors)[severity](severity)}\n${wrap(remark, firstWidth - 2).map(colors.dim).join('\n')}`.trim(),
    `${visible(place.account)}\n${colors.dim(visible(place.region))}`,
    `${colors.bold(paragraph(title, 300, options))}\n${paragraph(grant.because, 1000, options)}`,
  ];
}

/** The findings, one sentence each, the worst first. Empty when there are none. */
export function findingTable({ findings }: AuditReport, options: TableOptions): string {
  if (findings.length === 0) return '';
  const colors = pc.createColors(options.color);
  const rows = findings.slice(0, options.limit).map((finding) => findingRow(finding, options, colors));
  return (
    table(['severity', 'where', 'who gets in, and why'], rows, options, colors) +
    more(findings.length, options.limit)
  );
}

function gapRow({ finding }: ReportedGap, options: TableOptions, colors: Colors): string[] {
  const { subject, unread } = finding;
  const { account, region } = whereOf(subject);
  const what = colors.bold(paragraph(formatSubject(subject), 300, options));
  return [
    colors.yellow(unread.reason),
    `${visible(account)}\n${colors.dim(visible(region))}`.trim(),
    `${what}\n${paragraph(unread.message, 500, options)}`,
  ];
}

/** What could not be read, and why. Empty when everything was. */
export function gapTable({ gaps }: AuditReport, options: TableOptions): string {
  if (gaps.length === 0) return '';
  const colors = pc.createColors(options.color);
  const rows = gaps.slice(0, options.limit).map((gap) => gapRow(gap, options, colors));
  return (
    table(['not read', 'where', 'what, and why'], rows, options, colors) + more(gaps.length, options.limit)
  );
}

const plural = (count: number, noun: string) =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** The audit in three lines of figures. */
export function summaryText(report: AuditReport): string {
  const { findings, gaps, accounts, places, resources } = summary(report);
  const { skipped } = report.coverage;
  const reasons = skipped.map(
    ({ account, name, why }) => `${account} ${visible(name, 60)} (${visible(why, 100)})`,
  );
  return [
    `read ${plural(resources.present + resources.absent, 'resource')} in ${plural(places.read, 'place')} of ${plural(accounts.read, 'account')}`,
    `${findingCount(findings)}; ${plural(gaps, 'gap')}`,
    ...(reasons.length === 0
      ? []
      : [
          `not swept: ${reasons.slice(0, 10).join(', ')}${reasons.length > 10 ? ` and ${reasons.length - 10} more` : ''}`,
        ]),
  ].join('\n');
}

function findingCount(findings: Summary['findings']): string {
  const parts = severities
    .filter((severity) => findings[severity] > 0)
    .map((severity) => `${findings[severity]} ${severity}`);
  return plural(findings.total, 'finding') + (parts.length === 0 ? '' : ` (${parts.join(', ')})`);
}
