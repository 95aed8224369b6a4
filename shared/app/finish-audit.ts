import type { AuditReport } from '../findings/audit-report.ts';
import type { PlaceCoverage } from '../findings/coverage.ts';
import type { Cause, Subject, Unread } from '../findings/finding.ts';
import type { Look, SubjectRecord } from '../findings/record.ts';
import { reportOf, scopeOf } from '../findings/report-of.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import { readLook, unreadLook } from './look.ts';
import type { AuditPlan, Ports } from './ports.ts';
import { writeReports } from './write-reports.ts';

type FinishPorts = Pick<Ports, 'store' | 'auditLog' | 'reports' | 'clock' | 'log'>;

const notFinished: Unread = {
  reason: 'not-finished',
  message: 'the sweep of this place did not come to its end',
};

const regionOff: Unread = {
  reason: 'region-off',
  message: 'the region is not enabled in the account any more',
};

/** The coverage of every planned place, and which of them have none. */
async function coverageOf({ auditLog }: FinishPorts, plan: AuditPlan) {
  const written = new Map<string, PlaceCoverage>();
  for await (const coverage of auditLog.readCoverage(plan.audit))
    written.set(formatPlace(coverage.place), coverage);
  return plan.places.map(({ partition, account, region }): PlaceCoverage => {
    const place: Place = { partition, account, region };
    return written.get(formatPlace(place)) ?? { place, unread: notFinished, kinds: [], durationMs: 0 };
  });
}

/** What the audit as a whole tells of subjects that no sweep has looked at. */
interface Overview {
  readonly accounts: ReadonlySet<string>;
  readonly planned: ReadonlySet<string>;
  readonly covered: ReadonlySet<string>;
  readonly readableAccounts: ReadonlySet<string>;
  /** Whether every region of the accounts was asked for. */
  readonly everyRegion: boolean;
}

function overviewOf(plan: AuditPlan, coverage: readonly PlaceCoverage[]): Overview {
  const swept = plan.places.map(({ account }) => account);
  const others = [...plan.skipped, ...plan.unread].map(({ account }) => account);
  return {
    accounts: new Set([...swept, ...others]),
    planned: new Set(plan.places.map(formatPlace)),
    covered: new Set(
      coverage.filter(({ unread }) => unread === undefined).map(({ place }) => formatPlace(place)),
    ),
    readableAccounts: new Set(swept),
    everyRegion: plan.scope.regions === undefined,
  };
}

/** Something that is not ours any more has no outsiders and no gaps. */
function gone(subject: Subject, at: string, cause: Cause): Look {
  return subject.type === 'resource'
    ? { subject, at, cause, sight: { state: 'absent', why: 'gone' }, findings: [], notes: [] }
    : readLook(subject, at, cause);
}

const accountOf = (subject: Subject) => ('place' in subject ? subject.place.account : subject.account);

/**
 * What the whole audit has to say of a subject that has findings: an account that left the organization takes
 * them along; a place that was swept to its end has no gap. Undefined when the sweeps have said all.
 */
function verdict({ subject }: SubjectRecord, overview: Overview, at: string, cause: Cause): Look | undefined {
  if (subject.type === 'configuration') return undefined;
  if (!overview.accounts.has(accountOf(subject))) return gone(subject, at, cause);
  if (subject.type === 'place' && overview.covered.has(formatPlace(subject.place)))
    return readLook(subject, at, cause);
  return undefined;
}

/** A place that was read before, of an account that can be read, and whose region is not enabled any more. */
function isSwitchedOff({ subject }: SubjectRecord, overview: Overview): subject is Subject & { place: Place } {
  return (
    subject.type === 'resource' &&
    overview.everyRegion &&
    overview.readableAccounts.has(subject.place.account) &&
    !overview.planned.has(formatPlace(subject.place))
  );
}
