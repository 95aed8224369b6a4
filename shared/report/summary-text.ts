import type { AuditReport } from '../findings/audit-report.ts';
import { severities } from '../findings/severity.ts';
import { type Summary, summary } from './summary.ts';
import { visible } from './visible.ts';

const plural = (count: number, noun: string) =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** The audit in three lines of figures. */
export function summaryText(report: AuditReport): string {
  const { findings, gaps, accounts, places, resources } = summary(report);
  const { skipped } = report.coverage;
  const notes = report.notes.length > 0 ? `; ${plural(report.notes.length, 'note')}, in the report` : '';
  const reasons = skipped.map(
    ({ account, name, why }) => `${account} ${visible(name, 60)} (${visible(why, 100)})`,
  );
  return [
    `read ${plural(resources.present + resources.absent, 'resource')} in ${plural(places.read, 'place')} of ${plural(accounts.read, 'account')}`,
    `${findingCount(findings)}; ${plural(gaps, 'gap')}${notes}`,
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
