import { closedNow } from './closed.ts';
import { isSameGrant, newlyPossible } from './difference.ts';
import { isExpected } from './expected.ts';
import type { Cause, Finding } from './finding.ts';
import { isUnannounced, policyChange } from './former-texts.ts';
import { isSameOutsider, transitionId } from './identity.ts';
import type { PolicyTexts } from './policy-excerpt.ts';
import { policyExcerpts } from './policy-excerpt.ts';
import {
  type ClosedFinding,
  type KeptFinding,
  type SubjectRecord,
  type Transition,
  textsOf,
} from './record.ts';
import { takesIn } from './wider-outsider.ts';

/** Whether two findings of one identity say the same: the wording and the place in the policy do not count. */
export function isSame(before: Finding, after: Finding): boolean {
  if (before.severity !== after.severity) return false;
  if (before.type === 'gap') return after.type === 'gap' && before.unread.reason === after.unread.reason;
  if (before.type === 'tamper') return after.type === 'tamper';
  return after.type === 'access' && isSameGrant(before.grant, after.grant);
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
export function statusOf(before: Finding | undefined, finding: Finding): KeptFinding['status'] {
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

/** What is told of the policies before and after the look that an access finding comes from. */
function policiesOf(finding: Finding, cause: Cause, texts: PolicyTexts) {
  if (finding.type !== 'access') return {};
  const policies = policyExcerpts(
    texts,
    finding.grant.statements.map(({ policy }) => policy),
  );
  const { after } = texts;
  const isSilent = after !== undefined && isUnannounced(cause, { ...texts, after });
  return { ...(policies && { policies }), ...(isSilent && { unannounced: true as const }) };
}

/** A finding that is there now, as it is told; undefined when the look that made it what it is was nothing to tell of. */
function arrival(
  { finding, firstSeen, since: at, cause }: KeptFinding,
  status: KeptFinding['status'],
  texts: PolicyTexts,
): Transition | undefined {
  if (status === undefined) return undefined;
  const id = transitionId(finding.id, status, at);
  return { id, status, finding, ...policiesOf(finding, cause, texts), firstSeen, at, cause };
}

function departure(closed: ClosedFinding, texts: PolicyTexts): Transition {
  const { finding, at, cause } = closed;
  const id = transitionId(finding.id, 'resolved', at);
  return { id, status: 'resolved', ...closed, ...policiesOf(finding, cause, texts) };
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
  const [old, now] = [textsOf(before), textsOf(after)];
  const texts = { ...(old && { before: old }), ...(now && { after: now }) };

  const arrivals = after.findings.flatMap((kept) => {
    const { finding } = kept;
    const known = former.get(finding.id)?.finding;
    const told = arrival(kept, statusOf(known, finding), texts);
    return told ? [{ ...told, ...changeOf(known ?? predecessor(finding, gone), finding) }] : [];
  });
  return [...arrivals, ...closedNow(before, after).map((closed) => departure(closed, texts))];
}

/**
 * The transitions that made a record's findings what they are, and those that closed what was closed lately, as far as
 * the record itself tells them: for what could not be told when it was written. They have the same identities, and
 * say less of what was before.
 */
export function latestTransitions(record: SubjectRecord): readonly Transition[] {
  const open = record.findings.flatMap(
    (kept) => arrival(kept, kept.status, policyChange(record, kept) ?? {}) ?? [],
  );
  return [...open, ...(record.closed ?? []).map((closed) => departure(closed, {}))];
}
