import { isExpected } from './expected.ts';
import type { Finding } from './finding.ts';
import { normalConditions, transitionId } from './identity.ts';
import type { KeptFinding, SubjectRecord, Transition } from './record.ts';

/** What of a finding is worth a message when it changes: not the wording, not the place in the policy. */
function weighty(finding: Finding): string {
  if (finding.type === 'gap') return JSON.stringify([finding.severity, finding.unread.reason]);
  const { actions, resources, conditions } = finding.grant;
  return JSON.stringify([
    finding.severity,
    actions.map((action) => action.toLowerCase()).toSorted(),
    resources.toSorted(),
    normalConditions(conditions),
  ]);
}

/** Whether two findings of one identity say the same. */
export function isSame(before: Finding, after: Finding): boolean {
  return weighty(before) === weighty(after);
}

/** The look that an access finding, or a gap, of this record hangs on. */
function lookOf(record: SubjectRecord, { type }: Finding) {
  const read = type === 'access' ? record.lastRead : undefined;
  return read ?? { at: record.lookedAt, cause: record.cause };
}

/** What became of the alert of a finding that is there, as the former look and this one have it. */
function statusOf(before: Finding | undefined, finding: Finding): Transition['status'] | undefined {
  const wasOpen = before !== undefined && !isExpected(before);
  if (isExpected(finding)) return wasOpen ? 'expected' : undefined;
  if (!wasOpen) return 'new';
  return isSame(before, finding) ? undefined : 'changed';
}

function arrival(kept: KeptFinding, before: KeptFinding | undefined, after: SubjectRecord) {
  const { finding, firstSeen, cause } = kept;
  const status = statusOf(before?.finding, finding);
  if (status === undefined) return undefined;
  const { at } = lookOf(after, finding);
  const id = transitionId(finding.id, status, at);
  return { id, status, finding, ...(before && { before: before.finding }), firstSeen, at, cause } as const;
}

function departure({ finding, firstSeen }: KeptFinding, after: SubjectRecord): Transition {
  const { at, cause } = lookOf(after, finding);
  return { id: transitionId(finding.id, 'resolved', at), status: 'resolved', finding, firstSeen, at, cause };
}

/**
 * What to publish for one write of a record, from its old and new images: the same for the same write, however
 * often it is computed. A record that is taken out of the store says nothing about its subject.
 */
export function transitions(
  before: SubjectRecord | undefined,
  after: SubjectRecord | undefined,
): readonly Transition[] {
  if (after === undefined) return [];
  const former = new Map(before?.findings.map((kept) => [kept.finding.id, kept]));
  const present = new Set(after.findings.map(({ finding }) => finding.id));
  const arrivals = after.findings.map((kept) => arrival(kept, former.get(kept.finding.id), after));
  const departures = [...former.values()].filter(
    ({ finding }) => !present.has(finding.id) && !isExpected(finding),
  );
  return [
    ...arrivals.filter((transition) => transition !== undefined),
    ...departures.map((kept) => departure(kept, after)),
  ];
}
