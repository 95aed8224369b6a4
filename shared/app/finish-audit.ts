import type { AuditReport } from '../findings/audit-report.ts';
import type { PlaceCoverage } from '../findings/coverage.ts';
import type { Cause, Unread } from '../findings/finding.ts';
import type { Look, SubjectRecord } from '../findings/record.ts';
import { reportRows } from '../findings/report-rows.ts';
import { staleExpectations } from '../findings/stale-expectations.ts';
import { subjectKey } from '../findings/subject.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { AuditPlan } from './audit-ports.ts';
import { selectKinds } from './kind-selection.ts';
import { readLook, unreadLook } from './look.ts';
import { type Overview, overviewOf } from './overview.ts';
import type { Ports } from './ports.ts';
import { writeReports } from './write-reports.ts';

type FinishPorts = Pick<Ports, 'kinds' | 'store' | 'auditLog' | 'reports' | 'clock' | 'log'>;

const notFinished: Unread = {
  reason: 'not-finished',
  message: 'the sweep of this place did not come to its end',
};

const regionOff: Unread = {
  reason: 'region-off',
  message: 'the region is not enabled in the account any more',
};

/** The coverage of every planned place; one without is unread for not being finished. */
async function coverageOf({ auditLog }: FinishPorts, plan: AuditPlan): Promise<readonly PlaceCoverage[]> {
  const written = new Map<string, PlaceCoverage>();
  for await (const coverage of auditLog.readCoverage(plan.audit))
    written.set(formatPlace(coverage.place), coverage);
  return plan.places.map(({ partition, account, region }): PlaceCoverage => {
    const place: Place = { partition, account, region };
    return written.get(formatPlace(place)) ?? { place, unread: notFinished, kinds: [], durationMs: 0 };
  });
}

/** Entries that can be taken out; a part of the organization does not tell which are unused. */
function staleOf({ expected, scope, startedAt }: AuditPlan, records: readonly SubjectRecord[]) {
  const isWhole = Object.keys(scope).length === 0;
  const kept = records.flatMap(({ findings }) => findings);
  return staleExpectations(expected, kept, startedAt, isWhole);
}

async function settleNow({ store }: FinishPorts, look: Look): Promise<SubjectRecord | undefined> {
  await store.settle(look);
  return store.read(look.subject);
}

/** Places whose regions are switched off: with findings there, and with nothing that could be missed. */
interface Offs {
  readonly hiding: Map<string, Place>;
  readonly deserted: Map<string, Place>;
}

/** What the audit as a whole makes of one record: the record to report, or undefined. Notes places that are off. */
async function settleRecord(
  ports: FinishPorts,
  overview: Overview,
  { at, cause }: Pick<Look, 'at' | 'cause'>,
  { hiding, deserted }: Offs,
  record: SubjectRecord,
): Promise<SubjectRecord | undefined> {
  const empty = overview.deserted(record);
  if (empty !== undefined) deserted.set(formatPlace(empty), empty);
  if (empty !== undefined || record.findings.length + record.notes.length === 0) return undefined;
  const look = overview.verdict(record, at, cause);
  const current = look === undefined ? record : await settleNow(ports, look);
  if (current === undefined || !overview.isInScope(current.subject)) return undefined;
  const place = overview.switchedOff(current);
  if (place !== undefined) hiding.set(formatPlace(place), place);
  return current;
}

/**
 * The records that the report is made of, after the audit as a whole has had its say: what left the organization
 * is gone, what was switched off is one, unless nothing was found there before.
 */
async function settleRecords(
  ports: FinishPorts,
  overview: Overview,
  cause: Cause,
): Promise<readonly SubjectRecord[]> {
  const at = ports.clock.now().toISOString();
  const records = new Map<string, SubjectRecord>();
  const keep = (record: SubjectRecord | undefined) =>
    record && records.set(Object.values(subjectKey(record.subject)).join(' '), record);
  const offs: Offs = { hiding: new Map(), deserted: new Map() };
  for await (const record of ports.store.all())
    keep(await settleRecord(ports, overview, { at, cause }, offs, record));
  for (const [name, place] of new Map([...offs.deserted, ...offs.hiding])) {
    const subject = { type: 'place', place } as const;
    const isHiding = offs.hiding.has(name);
    keep(
      await settleNow(
        ports,
        isHiding ? unreadLook(subject, at, cause, regionOff) : readLook(subject, at, cause),
      ),
    );
  }
  return [...records.values()];
}

/**
 * Finishes an audit: accounts for every planned place, takes away the findings of accounts that left, closes the
 * gaps that are gone, and writes the reports. Returns the report and where its files are.
 */
export async function finishAudit(
  ports: FinishPorts,
  { audit }: { readonly audit: string },
): Promise<{ readonly report: AuditReport; readonly files: readonly string[] }> {
  const { auditLog, clock, log, store, reports } = ports;
  const plan = await auditLog.readPlan(audit);
  const cause = plan.cause ?? ({ by: 'audit', audit } as const);
  const places = await coverageOf(ports, plan);
  for (const { place, unread } of places)
    if (unread === notFinished)
      await store.settle(unreadLook({ type: 'place', place }, clock.now().toISOString(), cause, notFinished));
  const overview = overviewOf(plan, selectKinds(ports.kinds, plan.scope.kinds));
  const records = await settleRecords(ports, overview, cause);
  const { startedAt, organization, accounts, unread, skipped } = plan;
  const finishedAt = clock.now().toISOString();
  const report: AuditReport = {
    audit,
    organization,
    startedAt,
    finishedAt,
    accounts,
    ...reportRows(records, startedAt),
    stale: staleOf(plan, records),
    coverage: { audit, startedAt, finishedAt, places, unread, skipped },
  };
  const files = await writeReports(reports, report);
  log.info('audit finished', {
    audit,
    ...(plan.scope.about && { about: plan.scope.about }),
    findings: report.findings.length,
    gaps: report.gaps.length,
    expected: report.expected.length,
    stale: report.stale.length,
    places: places.length,
    unfinished: places.filter((place) => place.unread === notFinished).length,
  });
  return { report, files };
}
