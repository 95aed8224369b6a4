import type { AuditReport } from '../findings/audit-report.ts';
import { csvReport } from '../report/csv.ts';
import { htmlReport } from '../report/html.ts';
import { jsonReport } from '../report/json.ts';
import type { ReportTarget } from './audit-ports.ts';

const forms = [
  { name: 'report.json', contentType: 'application/json', render: jsonReport },
  { name: 'report.csv', contentType: 'text/csv; charset=utf-8', render: csvReport },
  { name: 'report.html', contentType: 'text/html; charset=utf-8', render: htmlReport },
];

/** Writes a report in every form, and returns where the files are. */
export async function writeReports(target: ReportTarget, report: AuditReport): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name, contentType, render } of forms)
    files.push(await target.write(report.audit, name, render(report), contentType));
  return files;
}
