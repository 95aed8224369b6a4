import { stringify } from 'csv-stringify/sync';
import type { StatementReference } from '../access/grant.ts';
import type {
  AuditReport,
  ReportedFinding,
  ReportedGap,
  ReportedTampering,
} from '../findings/audit-report.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import { accountNames } from './account-names.ts';
import { conditionText } from './condition-text.ts';
import { visible } from './visible.ts';

const columns = [
  'type',
  'status',
  'severity',
  'account',
  'account_name',
  'region',
  'kind',
  'resource',
  'outsider_type',
  'outsider',
  'actions',
  'conditions',
  'because',
  'statements',
  'witness',
  'first_seen',
  'last_seen',
  'id',
  'expected_by',
  'expected_until',
] as const;

type Row = Readonly<Record<Exclude<(typeof columns)[number], 'account_name'>, string>>;

/** `policy 0 (AllowPartner)` */
const statementText = ({ policy, index, sid }: StatementReference) =>
  `${policy} ${index}${sid === undefined ? '' : ` (${sid})`}`;

function findingRow({ finding, status, firstSeen, lastSeen }: ReportedFinding): Row {
  const { grant, place } = finding;
  const expectation = finding.expectation ?? finding.ended;
  return {
    type: 'access',
    status,
    severity: finding.severity,
    account: place.account,
    region: place.region,
    kind: finding.kind,
    resource: finding.arn,
    outsider_type: grant.outsider.type,
    outsider: outsiderName(grant.outsider),
    actions: grant.actions.join(' '),
    conditions: grant.conditions.map(conditionText).join(' & '),
    because: grant.because,
    statements: grant.statements.map(statementText).join(' '),
    witness: JSON.stringify(grant.witness),
    first_seen: firstSeen,
    last_seen: lastSeen,
    id: finding.id,
    expected_by: expectation?.owner ?? '',
    expected_until: expectation?.until ?? '',
  };
}

function gapRow({ finding, status, firstSeen }: ReportedGap): Row {
  const { subject, unread } = finding;
  return {
    type: 'gap',
    status,
    severity: finding.severity,
    account: '',
    region: '',
    kind: '',
    ...whereOf(subject),
    resource: formatSubject(subject),
    outsider_type: '',
    outsider: '',
    actions: '',
    conditions: '',
    because: `${unread.reason}: ${unread.message}`,
    statements: '',
    witness: '',
    first_seen: firstSeen,
    last_seen: '',
    id: finding.id,
    expected_by: '',
    expected_until: '',
  };
}

function tamperingRow({ finding, cause, at }: ReportedTampering): Row {
  const { subject, part, name, deployer } = finding;
  return {
    type: 'tamper',
    status: deployer === undefined ? 'open' : 'expected',
    severity: finding.severity,
    account: subject.place.account,
    region: subject.place.region,
    kind: '',
    resource: `${part} ${name}`,
    outsider_type: '',
    outsider: '',
    actions: cause.by === 'change' ? cause.eventName : '',
    conditions: '',
    because: cause.by === 'change' ? `changed by ${cause.actor.principal}` : '',
    statements: '',
    witness: '',
    first_seen: at,
    last_seen: at,
    id: finding.id,
    expected_by: deployer?.name ?? '',
    expected_until: deployer?.until ?? '',
  };
}

/** Spreadsheets hold at most 32,767 characters in a cell; the whole text stands in report.json. */
const cellBound = 8000;

/**
 * report.csv: one row per finding, then per expected grant, then per gap, then per change of trustwatch itself, under a header row. A cell that a spreadsheet would take
 * for a formula begins with an apostrophe.
 */
export function csvReport(report: AuditReport): string {
  const nameOf = accountNames(report);
  const rows = [
    ...report.findings.map(findingRow),
    ...report.expected.map(findingRow),
    ...report.gaps.map(gapRow),
    ...report.tampering.map(tamperingRow),
  ].map((row) => {
    const named = { ...row, account_name: nameOf(row.account) };
    return columns.map((column) => visible(named[column], cellBound));
  });
  return stringify(rows, { header: true, columns: [...columns], escape_formulas: true });
}
