import type { AuditReport } from '../findings/audit-report.ts';
import type { Transition } from '../findings/record.ts';
import { departedText } from './departed-text.ts';
import { isFirstAudit } from './summary.ts';
import { visible } from './visible.ts';

const mostShown = 20;

/** What is another since the last audit. Empty when this one was the first, where all is new. */
export function changesText(report: AuditReport, changes: readonly Transition[]): string {
  const isFirst = isFirstAudit(report);
  const told = changes.filter(({ status }) => status !== 'new' || !isFirst);
  if (told.length === 0) return '';
  const lines = told
    .slice(0, mostShown)
    .map(
      ({ status, finding, departed }) =>
        `  ${status.padEnd(9)}${finding.severity.padEnd(9)}${visible(finding.title, 200)}${departed ? ` (${departedText})` : ''}`,
    );
  const more = told.length > mostShown ? [`  and ${told.length - mostShown} more`] : [];
  return `${['since the last audit:', ...lines, ...more].join('\n')}\n`;
}
