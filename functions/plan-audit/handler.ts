import { parseAuditRequest } from '../../shared/app/audit-request.ts';
import { planAudit } from '../../shared/app/plan-audit.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

const ports = lambdaPorts(process.env);

/** Plans an audit. The state machine reads the places from the bucket, where the audit log has put them. */
export async function handler(event: unknown) {
  const { audit, plannedAt, places, scope, cause } = await planAudit(ports, parseAuditRequest(event));
  const { kinds } = scope;
  return { audit, plannedAt, places: places.length, ...(kinds && { kinds }), ...(cause && { cause }) };
}
