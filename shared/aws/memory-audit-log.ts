import type { AuditLog, AuditPlan } from '../app/audit-ports.ts';
import { InputError } from '../errors.ts';
import type { PlaceCoverage } from '../findings/coverage.ts';
import { formatPlace } from '../iam/place.ts';

/** Keeps plans and coverage in memory: an audit at a desk begins and ends in one process. */
export function memoryAuditLog(): AuditLog {
  const plans = new Map<string, AuditPlan>();
  const coverages = new Map<string, Map<string, PlaceCoverage>>();
  return {
    async writePlan(plan) {
      plans.set(plan.audit, plan);
      coverages.set(plan.audit, new Map());
    },
    async readPlan(audit) {
      const plan = plans.get(audit);
      if (plan === undefined)
        throw new InputError(`audit \`${audit}\``, 'it was never planned', 'plan it first');
      return plan;
    },
    async writeCoverage(audit, coverage) {
      coverages.get(audit)?.set(formatPlace(coverage.place), coverage);
    },
    async *readCoverage(audit) {
      yield* coverages.get(audit)?.values() ?? [];
    },
  };
}
