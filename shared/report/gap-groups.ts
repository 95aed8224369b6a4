import type { ReportedGap } from '../findings/audit-report.ts';
import { whereOf } from '../findings/subject.ts';

/** One gap, or several of one account that say the same. */
export type GapGroup = readonly [ReportedGap, ...ReportedGap[]];

/** Gaps that differ only in their region, as one: a denial by policy is the same in all of them. */
export function groupByRegion(gaps: readonly ReportedGap[]): readonly GapGroup[] {
  const groups = new Map<string, [ReportedGap, ...ReportedGap[]]>();
  for (const gap of gaps) {
    const { subject, unread, id } = gap.finding;
    const { account, kind } = whereOf(subject);
    const isOne = subject.type === 'resource';
    const key = JSON.stringify([subject.type, account, kind, unread, isOne ? id : '']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gap]);
    else group.push(gap);
  }
  return [...groups.values()];
}
