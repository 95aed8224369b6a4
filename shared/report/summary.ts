import type { AuditReport } from '../findings/audit-report.ts';
import type { PlaceCoverage, UnreadCounts } from '../findings/coverage.ts';
import type { Severity, UnreadReason } from '../findings/finding.ts';

/** An audit in figures. */
export interface Summary {
  readonly findings: Readonly<Record<Severity, number>> & { readonly total: number; readonly new: number };
  /** Grants that are there and wanted. */
  readonly expected: number;
  readonly gaps: number;
  /** Accounts of which at least one place was read, none was, and those that were not to be read. */
  readonly accounts: { readonly read: number; readonly unread: number; readonly skipped: number };
  readonly places: { readonly read: number; readonly unread: number };
  /** Resources with a policy, without one, and those whose policy could not be read. */
  readonly resources: {
    readonly present: number;
    readonly absent: number;
    readonly unread: number;
    readonly unreadBy: UnreadCounts;
  };
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

function addedUp(counts: readonly UnreadCounts[]): UnreadCounts {
  const reasons = [...new Set(counts.flatMap((each) => Object.keys(each)))].toSorted() as UnreadReason[];
  return Object.fromEntries(
    reasons.map((reason) => [reason, total(counts.map((each) => each[reason] ?? 0))]),
  );
}

function countResources(places: readonly PlaceCoverage[]): Summary['resources'] {
  const kinds = places.flatMap((place) => place.kinds);
  return {
    present: total(kinds.map(({ present }) => present)),
    absent: total(kinds.map(({ absent }) => absent)),
    unread: total(kinds.map(({ unreadResources }) => unreadResources)),
    unreadBy: addedUp(kinds.flatMap(({ unreadBy }) => unreadBy ?? [])),
  };
}

export function summary({ findings, expected, gaps, coverage }: AuditReport): Summary {
  const count = (severity: Severity) =>
    findings.filter(({ finding }) => finding.severity === severity).length;
  const readPlaces = coverage.places.filter(({ unread }) => unread === undefined);
  const planned = new Set([
    ...coverage.places.map(({ place }) => place.account),
    ...coverage.unread.map(({ account }) => account),
  ]);
  const read = new Set(readPlaces.map(({ place }) => place.account));
  return {
    findings: {
      total: findings.length,
      new: findings.filter(({ status }) => status === 'new').length,
      critical: count('critical'),
      high: count('high'),
      medium: count('medium'),
      low: count('low'),
    },
    expected: expected.length,
    gaps: gaps.length,
    accounts: { read: read.size, unread: planned.size - read.size, skipped: coverage.skipped.length },
    places: { read: readPlaces.length, unread: coverage.places.length - readPlaces.length },
    resources: countResources(coverage.places),
  };
}

/** Whether nothing is known from before: everything is new then, and saying so says nothing. */
export function isFirstAudit({ findings, gaps }: AuditReport): boolean {
  return [...findings, ...gaps].every(({ status }) => status === 'new');
}
