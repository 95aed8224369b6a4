import { isSameGrant, newlyPossible } from './difference.ts';
import { isExpected } from './expected.ts';
import type { Finding } from './finding.ts';
import { isSameOutsider, transitionId } from './identity.ts';
import type { KeptFinding, SubjectRecord, Transition } from './record.ts';

/** Whether two findings of one identity say the same: the wording and the place in the policy do not count. */
export function isSame(before: Finding, after: Finding): boolean {
  if (before.severity !== after.severity) return false;
  if (before.type === 'gap') return after.type === 'gap' && before.unread.reason === after.unread.reason;
  if (before.type === 'tamper') return after.type === 'tamper';
  return after.type === 'access' && isSameGrant(before.grant, after.grant);
}

/** The look that an access finding, or a gap, of this record hangs on. */
function lookOf(record: SubjectRecord, { type }: Finding) {
  const read = type === 'access' ? record.lastRead : undefined;
  return read ?? { at: record.lookedAt, cause: record.cause };
}

/** What the outsider of a grant could do until now under another identity, which this look has ended. */
function predecessor(finding: Finding, departed: readonly KeptFinding[]): Finding | undefined {
  if (finding.type !== 'access') return undefined;
  const isOfSame = (other: Finding) =>
    other.type === 'access' && isSameOutsider(other.grant.outsider, finding.grant.outsider);
  return departed.find((kept) => isOfSame(kept.finding))?.finding;
}

/** What became of the alert of a finding that is there, as the former look and this one have it. */
function statusOf(before: Finding | undefined, finding: Finding): Transition['status'] | undefined {
  const wasOpen = before !== undefined && !isExpected(before);
  if (isExpected(finding)) return wasOpen ? 'expected' : undefined;
  if (!wasOpen) return 'new';
  return isSame(before, finding) ? undefined : 'changed';
}

/** What is another than before, of a finding with something before. */
function changeOf(before: Finding | undefined, finding: Finding) {
  if (before === undefined) return {};
  const isAccess = before.type === 'access' && finding.type === 'access';
  return { before, ...(isAccess && { newlyPossible: newlyPossible(before.grant, finding.grant) }) };
}

const textsOf = (record: SubjectRecord | undefined) => {
  const sight = record?.lastRead?.sight ?? record?.sight;
  return sight?.state === 'present' ? sight.policies : undefined;
};

/** The policy texts before and after a write that an access finding comes from. */
function policiesOf({ type }: Finding, before: SubjectRecord | undefined, after: SubjectRecord) {
  const [former, current] = [textsOf(before), textsOf(after)];
  if (type !== 'access' || (former === undefined && current === undefined)) return {};
  return { policies: { ...(former && { before: former }), ...(current && { after: current }) } };
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
  const gone = [...former.values()].filter(({ finding }) => !present.has(finding.id));
  const departed = gone.filter(({ finding }) => !isExpected(finding));

  const arrival = ({ finding, firstSeen, cause }: KeptFinding): readonly Transition[] => {
    const known = former.get(finding.id)?.finding;
    const status = statusOf(known, finding);
    if (status === undefined) return [];
    const { at } = lookOf(after, finding);
    const id = transitionId(finding.id, status, at);
    const change = changeOf(known ?? predecessor(finding, gone), finding);
    return [{ id, status, finding, ...change, ...policiesOf(finding, before, after), firstSeen, at, cause }];
  };
  const departure = ({ finding, firstSeen }: KeptFinding): Transition => {
    const { at, cause } = lookOf(after, finding);
    const id = transitionId(finding.id, 'resolved', at);
    return { id, status: 'resolved', finding, ...policiesOf(finding, before, after), firstSeen, at, cause };
  };
  return [...after.findings.flatMap(arrival), ...departed.map(departure)];
}
