import { finishAudit } from '../../shared/app/finish-audit.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

const ports = lambdaPorts(process.env);

/** Finishes an audit: coverage, what is gone, reports. */
export async function handler({ audit }: { readonly audit: string }) {
  const { report, files } = await finishAudit(ports, { audit });
  return { audit, findings: report.findings.length, gaps: report.gaps.length, reports: files };
}
