import Table from 'cli-table3';
import pc from 'picocolors';
import type { AuditReport, ReportedFinding } from '../findings/audit-report.ts';
import type { Severity } from '../findings/finding.ts';
import { formatSubject, type Where, whereOf } from '../findings/subject.ts';
import { type AccountName, accountNames } from './account-names.ts';
import { ageText } from './age.ts';
import { expectationText } from './expectation-text.ts';
import { type GapGroup, groupByRegion } from './gap-groups.ts';
import { isFirstAudit } from './summary.ts';
import { visible } from './visible.ts';
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

const firstWidth = 14;
const whereWidth = 22;

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

/** Account, its name and region, one below the other. */
function whereText(
  { account = '', region = '' }: Pick<Where, 'account' | 'region'>,
  nameOf: AccountName,
  colors: Colors,
): string {
  const lines = [nameOf(account), region].flatMap((text) => wrap(visible(text, 300), whereWidth - 2));
  return [visible(account), ...lines.map((line) => colors.dim(line))].join('\n').trim();
}

function findingRow(
  { finding }: ReportedFinding,
  remark: string,
  nameOf: AccountName,
  options: TableOptions,
  colors: Colors,
): string[] {
  const { place, severity, title, grant } = finding;
  const because = [grant.because, expectationText(finding) ?? ''].flatMap((text) =>
    text === '' ? [] : paragraph(text, 1000, options),
  );
  return [
    `${paint(colors)[severity](severity)}\n${wrap(remark, firstWidth - 2)
      .map(colors.dim)
      .join('\n')}`.trim(),
    whereText(place, nameOf, colors),
    [colors.bold(paragraph(title, 300, options)), ...because].join('\n'),
  ];
}

/** The findings, one sentence each, the worst first. Empty when there are none. */
export function findingTable(report: AuditReport, options: TableOptions): string {
  const { findings } = report;
  if (findings.length === 0) return '';
  const nameOf = accountNames(report);
  const colors = pc.createColors(options.color);
  const first = isFirstAudit(report);
  const remarks = { new: first ? '' : 'new', open: '', expected: 'expected' };
  const remarkOf = ({ status, lastSeen }: ReportedFinding) =>
    status === 'unread' ? `not read since ${ageText(lastSeen, report.startedAt)}` : remarks[status];
  const rows = findings
    .slice(0, options.limit)
    .map((finding) => findingRow(finding, remarkOf(finding), nameOf, options, colors));
  return (
    table(['severity', 'where', 'who gets in, and why'], rows, options, colors) +
    more(findings.length, options.limit)
  );
}

function gapRow(
  group: GapGroup,
  at: string,
  nameOf: AccountName,
  options: TableOptions,
  colors: Colors,
): string[] {
  const { finding, status, firstSeen } = group[0];
  const { subject, unread } = finding;
  const { kind = 'everything', ...where } = whereOf(subject);
  const regions = group.map(({ finding }) => whereOf(finding.subject).region ?? '').join(' ');
  const what = group.length === 1 ? formatSubject(subject) : `${kind} in ${group.length} regions`;
  return [
    [
      colors.yellow(unread.reason),
      ...(status === 'open' ? wrap(`since ${ageText(firstSeen, at)}`, firstWidth - 2).map(colors.dim) : []),
    ].join('\n'),
    whereText({ ...where, region: regions }, nameOf, colors),
    `${colors.bold(paragraph(what, 300, options))}\n${paragraph(unread.message, 500, options)}`,
  ];
}

/** What could not be read, and why. Empty when everything was. */
export function gapTable(report: AuditReport, options: TableOptions): string {
  const groups = groupByRegion(report.gaps);
  if (groups.length === 0) return '';
  const nameOf = accountNames(report);
  const colors = pc.createColors(options.color);
  const rows = groups
    .slice(0, options.limit)
    .map((group) => gapRow(group, report.startedAt, nameOf, options, colors));
  const drawn = table(['not read', 'where', 'what, and why'], rows, options, colors);
  return drawn + more(groups.length, options.limit);
}
