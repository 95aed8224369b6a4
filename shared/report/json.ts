import type {
  AuditReport,
  ReportedFinding,
  ReportedGap,
  ReportedNote,
  ReportedTampering,
} from '../findings/audit-report.ts';
import type { PlaceCoverage } from '../findings/coverage.ts';
import { isUnannounced } from '../findings/former-texts.ts';
import type { StaleExpectation } from '../findings/stale-expectations.ts';
import { summary } from './summary.ts';

/** The schema that report.json names. A change that a reader could stumble over takes the next number. */
export const reportSchema = 'trustwatch/report/1';

function findingJson({ finding, status, ...times }: ReportedFinding) {
  const { id, severity, title, kind, arn, place, grant, expectation, ended } = finding;
  const { vendor, former, boundary, power } = finding;
  const what = {
    id,
    status,
    severity,
    title,
    kind,
    resource: arn,
    ...place,
    ...grant,
    vendor,
    former,
    boundary,
    power,
  };
  const { firstSeen, lastSeen, since, cause } = times;
  const unannounced = isUnannounced(cause, times.policies) || undefined;
  return { ...what, expectation, ended, firstSeen, lastSeen, since, cause, unannounced };
}

/** The policies of the resources that are spoken of, once each; a finding's `since` is the `until` of those before it. */
function resourcesJson(findings: readonly ReportedFinding[]) {
  const resources = new Map<string, { former: Map<string, unknown>; about: object }>();
  for (const { finding, since, policies } of findings) {
    if (policies === undefined) continue;
    const { kind, arn, place } = finding;
    const key = JSON.stringify([place, kind, arn]);
    const about = { kind, resource: arn, ...place, policies: policies.after };
    const resource = resources.get(key) ?? { former: new Map(), about };
    resources.set(key, resource);
    if (policies.before) resource.former.set(since, { until: since, policies: policies.before });
  }
  return [...resources.values()].map(({ about, former }) => ({ ...about, former: [...former.values()] }));
}

function gapJson({ finding, status, firstSeen }: ReportedGap) {
  const { id, severity, title, subject, unread } = finding;
  return { id, status, severity, title, subject, ...unread, firstSeen };
}

function tamperingJson({ finding, cause, at }: ReportedTampering) {
  const { id, severity, title, subject, part, name, deployer } = finding;
  return { id, severity, title, part, name, ...subject.place, at, expected: deployer, cause };
}

function noteJson({ resource, note }: ReportedNote) {
  return { kind: resource.kind, resource: resource.arn, ...resource.place, ...note };
}

function staleJson({ why, expectation, kind, resource }: StaleExpectation) {
  return { why, kind, resource, ...expectation };
}

function placeJson({ place, unread, kinds, durationMs }: PlaceCoverage) {
  return { ...place, ...(unread === undefined ? {} : { unread }), kinds, durationMs };
}

/** A list with a line for each of its entries, so that two reports can be compared as text. */
const laidOut = (value: unknown): string =>
  Array.isArray(value) && value.length > 0
    ? `[\n${value.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`
    : JSON.stringify(value);

const members = (object: Readonly<Record<string, unknown>>): string =>
  Object.entries(object)
    .map(([name, value]) => `${JSON.stringify(name)}: ${laidOut(value)}`)
    .join(',\n');

/** JSON says the same with the letters written out, and a terminal that shows the file obeys nothing. */
function inert(json: string): string {
  return json.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) =>
    mark === '\n'
      ? mark
      : [...Array(mark.length).keys()]
          .map((index) => `\\u${mark.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

/**
 * report.json: everything that an audit saw, for programs.
 *
 * `{ schema, audit, organization, startedAt, finishedAt, summary, accounts[], findings[], expected[],
 * staleExpectations[], resources[], gaps[], tampering[], notes[],
 * coverage: { places[], unreadAccounts[], skippedAccounts[] } }`.
 * A finding is its identity, status (`new`, `open`, `unread`, `expected`), severity, title, kind, resource, partition,
 * account and region, and the grant in the words of the check contract; its `since` is the time of the look that first
 * saw it as it is, and `unannounced` says that an audit saw that before any event told of it. A resource of the findings
 * has its policies as they are, and as they were until the `since` of a finding. Every planned place is among the
 * places, with an entry for every kind: how its list ended, how many of its resources were present, absent and unread, the
 * unread ones by why, and how long that took; a place or kind that was not read says why. Times are ISO 8601 in UTC.
 */
export function jsonReport(report: AuditReport): string {
  const { audit, organization, startedAt, finishedAt, coverage } = report;
  const head = {
    schema: reportSchema,
    audit,
    organization,
    startedAt,
    finishedAt,
    summary: summary(report),
    accounts: report.accounts,
    findings: report.findings.map(findingJson),
    expected: report.expected.map(findingJson),
    staleExpectations: report.stale.map(staleJson),
    resources: resourcesJson([...report.findings, ...report.expected]),
    gaps: report.gaps.map(gapJson),
    tampering: report.tampering.map(tamperingJson),
    notes: report.notes.map(noteJson),
  };
  const read = {
    places: coverage.places.map(placeJson),
    unreadAccounts: coverage.unread.map(({ account, unread }) => ({ account, ...unread })),
    skippedAccounts: coverage.skipped,
  };
  return inert(`{\n${members(head)},\n"coverage": {\n${members(read)}\n}\n}\n`);
}
