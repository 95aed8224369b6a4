import pLimit from 'p-limit';
import type { AuditReport } from '../findings/audit-report.ts';
import { finishAudit } from './finish-audit.ts';
import { type AuditRequest, planAudit } from './plan-audit.ts';
import type { Ports } from './ports.ts';
import type { TellProgress } from './progress.ts';
import { sweepPlace } from './sweep-place.ts';

/** Places that are swept at a time when nothing else is asked for. */
const placeConcurrency = 8;

export interface DeskAudit extends AuditRequest {
  /** Places that are swept at a time. */
  readonly concurrency?: number;
}

/** All ports but those on which alerts leave and changes come. */
export type AuditPorts = Omit<
  Ports,
  'channels' | 'alertBook' | 'alertRules' | 'audits' | 'changeQueue' | 'own'
>;

/** A whole audit in one process: plan, sweep every place, finish. Tells its progress. */
export async function audit(
  ports: AuditPorts,
  { concurrency = placeConcurrency, ...request }: DeskAudit,
  tell: TellProgress = () => {},
): Promise<{ readonly report: AuditReport; readonly files: readonly string[] }> {
  const plan = await planAudit(ports, request);
  tell({
    type: 'planned',
    places: plan.places.length,
    accounts: new Set(plan.places.map(({ account }) => account)).size,
    skipped: plan.skipped.length,
    unread: plan.unread.length,
  });
  const { audit, plannedAt, scope, cause } = plan;
  await pLimit(concurrency).map(plan.places, (place) => {
    const sweep = {
      audit,
      place,
      plannedAt,
      ...(scope.kinds && { kinds: scope.kinds }),
      ...(cause && { cause }),
    };
    return sweepPlace(ports, sweep, () => Number.POSITIVE_INFINITY, tell);
  });
  return finishAudit(ports, { audit });
}
