import pc from 'picocolors';
import type { AuditReport } from '../findings/audit-report.ts';
import { summaryText } from '../report/summary-text.ts';
import { findingTable, gapTable } from '../report/table.ts';

const mostRows = 50;

/** Shows an audit on standard output: findings, gaps, figures, and where the reports are. */
export function showReport(report: AuditReport, files: readonly string[]): void {
  const { columns = 120 } = process.stdout;
  const options = { width: columns, color: pc.isColorSupported && process.stdout.isTTY, limit: mostRows };
  const parts = [findingTable(report, options), gapTable(report, options), summaryText(report)];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
  process.stdout.write(`${files.map((file) => `wrote ${file}`).join('\n')}\n`);
}
