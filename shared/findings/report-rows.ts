import type { AuditReport, ReportedFinding, ReportedGap } from './audit-report.ts';
import { isExpected } from './expected.ts';
import type { AccessFinding, GapFinding, TamperFinding } from './finding.ts';
import { policyChange } from './former-texts.ts';
import type { KeptFinding, SubjectRecord } from './record.ts';
import { severities } from './severity.ts';
import { subjectKey } from './subject.ts';

/** The part of a report that comes out of the records. */
export type ReportRows = Pick<AuditReport, 'findings' | 'expected' | 'gaps' | 'tampering' | 'notes'>;

type Kept<F> = KeptFinding & { readonly finding: F };

const isAccess = (kept: KeptFinding): kept is Kept<AccessFinding> => kept.finding.type === 'access';
const isGap = (kept: KeptFinding): kept is Kept<GapFinding> => kept.finding.type === 'gap';
const isTampering = (kept: KeptFinding): kept is Kept<TamperFinding> => kept.finding.type === 'tamper';

function statusOf({ finding, firstSeen, lastSeen }: KeptFinding, startedAt: string) {
  if (isExpected(finding)) return 'expected';
  if (lastSeen < startedAt) return 'unread';
  return firstSeen < startedAt ? 'open' : 'new';
}

function reportedFinding(
  record: SubjectRecord,
  kept: Kept<AccessFinding>,
  startedAt: string,
): ReportedFinding {
  const policies = policyChange(record, kept);
  return { ...kept, status: statusOf(kept, startedAt), ...(policies && { policies }) };
}

function reportedGap({ finding, firstSeen }: Kept<GapFinding>, startedAt: string): ReportedGap {
  return { finding, status: firstSeen < startedAt ? 'open' : 'new', firstSeen };
}

const findingKey = ({ finding: { severity, place, kind, arn, id } }: ReportedFinding) =>
  [severities.indexOf(severity), place.account, place.region, kind, arn, id].join(' ');

function gapKey({ finding: { severity, subject } }: ReportedGap): string {
  const { partition, sort } = subjectKey(subject);
  return [severities.indexOf(severity), partition, sort].join(' ');
}

function sortedBy<T>(rows: readonly T[], key: (row: T) => string): readonly T[] {
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

/**
 * The rows of a report out of the records of an audit that began at `startedAt`. A finding that no look since
 * then has seen is one that could not be read again: what is gone has left its record.
 */
export function reportRows(records: readonly SubjectRecord[], startedAt: string): ReportRows {
  const kept = records.flatMap(({ findings }) => findings);
  const access = sortedBy(
    records.flatMap((record) =>
      record.findings.filter(isAccess).map((each) => reportedFinding(record, each, startedAt)),
    ),
    findingKey,
  );
  return {
    findings: access.filter(({ status }) => status !== 'expected'),
    expected: access.filter(({ status }) => status === 'expected'),
    gaps: sortedBy(
      kept.filter(isGap).map((each) => reportedGap(each, startedAt)),
      gapKey,
    ),
    tampering: kept
      .filter(isTampering)
      .map(({ finding, cause, firstSeen }) => ({ finding, cause, at: firstSeen }))
      .toSorted((a, b) => (`${a.at} ${a.finding.id}` < `${b.at} ${b.finding.id}` ? 1 : -1)),
    notes: records.flatMap(({ subject, notes }) =>
      subject.type === 'resource' ? notes.map((note) => ({ resource: subject, note })) : [],
    ),
  };
}
