import { isSameGrant, newlyPossible } from './difference.ts';
import { isExpected } from './expected.ts';
import type { Cause, Finding } from './finding.ts';
import { isUnannounced } from './former-texts.ts';
import { isSameOutsider, transitionId } from './identity.ts';
import { policyExcerpts } from './policy-excerpt.ts';
import { type KeptFinding, type SubjectRecord, type Transition, textsOf } from './record.ts';
import { takesIn } from './wider-outsider.ts';

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

/**
 * What the outsider of a grant could do until now under another identity, which this look has ended: its own, or that of
 * somebody wider, of whom it was one.
 */
function predecessor(finding: Finding, departed: readonly KeptFinding[]): Finding | undefined {
  if (finding.type !== 'access') return undefined;
  const { outsider } = finding.grant;
  const former = departed.map((kept) => kept.finding).filter((each) => each.type === 'access');
  const own = former.find(({ grant }) => isSameOutsider(grant.outsider, outsider));
  return own ?? former.find(({ grant }) => takesIn(grant.outsider, outsider));
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

/** What is told of the policies before and after a write that an access finding comes from. */
function policiesOf(finding: Finding, cause: Cause, before: SubjectRecord | undefined, after: SubjectRecord) {
  if (finding.type !== 'access') return {};
  const [former, current] = [textsOf(before), textsOf(after)];
  const texts = { ...(former && { before: former }), ...(current && { after: current }) };
  const policies = policyExcerpts(
    texts,
    finding.grant.statements.map(({ policy }) => policy),
  );
  const isSilent = current !== undefined && isUnannounced(cause, { ...texts, after: current });
  return { ...(policies && { policies }), ...(isSilent && { unannounced: true as const }) };
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
    return [
      { id, status, finding, ...change, ...policiesOf(finding, cause, before, after), firstSeen, at, cause },
    ];
  };
  const departure = ({ finding, firstSeen }: KeptFinding): Transition => {
    const { at, cause } = lookOf(after, finding);
    const id = transitionId(finding.id, 'resolved', at);
    return {
      id,
      status: 'resolved',
      finding,
      ...policiesOf(finding, cause, before, after),
      ...(after.sight.state === 'departed' && { departed: true as const }),
      firstSeen,
      at,
      cause,
    };
  };
  return [...after.findings.flatMap(arrival), ...departed.map(departure)];
}
