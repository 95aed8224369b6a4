import { withClosed } from './closed.ts';
import { endExpectation, isExpected } from './expected.ts';
import type { Cause, Finding, GapFinding } from './finding.ts';
import { explainedBy, formerTexts, isSamePolicy } from './former-texts.ts';
import { agedGap, gapFinding } from './gap.ts';
import { type KeptFinding, type Look, type SubjectRecord, textsIn, textsOf } from './record.ts';
import { isSame, statusOf } from './transitions.ts';

/** A record's version: two records of one subject with the same version are the same record. */
export function recordVersion(record: SubjectRecord | undefined): string {
  return record === undefined ? '' : `${record.lookedAt} ${record.lastRead?.at ?? ''}`;
}

/**
 * What there is another policy for, if there is. A change that an audit was started for (an account has left, the
 * organization forbids something else) is the reason for other findings from the same policy, and for no other policy.
 */
function reasonOf(before: SubjectRecord | undefined, { cause, audit, sight }: Look): Cause {
  const [former, current] = [textsOf(before), textsIn(sight)];
  if (audit === undefined || former === undefined || current === undefined) return cause;
  return isSamePolicy({ before: former, after: current }) ? cause : { by: 'audit', audit };
}

/** Findings of this look, as continuations of what was kept of them. */
function keep(
  findings: readonly Finding[],
  { at, cause }: Pick<Look, 'at' | 'cause'>,
  before: SubjectRecord | undefined,
): readonly KeptFinding[] {
  const former = new Map(before?.findings.map((kept) => [kept.finding.id, kept]));
  const isExplained = explainedBy(cause, before);
  return findings.map((finding) => {
    const known = former.get(finding.id);
    if (known !== undefined && isAsBefore(known.finding, finding))
      return { ...known, finding, lastSeen: at, cause: isExplained(known) ? cause : known.cause };
    const status = statusOf(known?.finding, finding);
    const firstSeen = known?.firstSeen ?? at;
    return { finding, firstSeen, lastSeen: at, since: at, cause, ...(status && { status }) };
  });
}

const isAsBefore = (before: Finding, after: Finding) =>
  isSame(before, after) && isExpected(before) === isExpected(after);

/** What was known stays, but an expectation ends on its day, also when nobody can look. */
function carryOn(
  kept: KeptFinding,
  { at, cause }: { readonly at: string; readonly cause: Cause },
): KeptFinding {
  const finding = endExpectation(kept.finding, at);
  return finding === kept.finding ? kept : { ...kept, finding, since: at, cause, status: 'new' };
}

const accessOf = (record: SubjectRecord | undefined) =>
  record?.findings.filter(({ finding }) => finding.type === 'access') ?? [];

const gapsOf = (record: SubjectRecord | undefined) =>
  record?.findings.filter(({ finding }) => finding.type === 'gap') ?? [];

/** Nothing could be seen: what was known stays, and the gap is added to it. */
function settleUnread(before: SubjectRecord | undefined, look: Look, gap: GapFinding): SubjectRecord {
  const since = gapsOf(before).find(({ finding }) => finding.id === gap.id)?.firstSeen ?? look.at;
  return {
    subject: look.subject,
    lookedAt: look.at,
    cause: look.cause,
    sight: look.sight,
    ...(before?.lastRead && { lastRead: before.lastRead }),
    findings: [
      ...accessOf(before).map((kept) => carryOn(kept, look)),
      ...keep([agedGap(gap, since, look.at)], look, before),
    ],
    ...(before?.former && { former: before.former }),
    notes: before?.notes ?? [],
  };
}

/**
 * What the store knows after a look; `older` when it says nothing new. An unread look keeps the former access
 * findings and adds the gap. A look that could read takes the place of all older ones; one that is older than
 * an unread one, and newer than all that could read, fills in what the unread one could not see, and the gap
 * stays. So the outcome does not depend on the order in which looks arrive, and repetitions change nothing.
 */
export function settle(before: SubjectRecord | undefined, look: Look): SubjectRecord | 'older' {
  const after = settled(before, look);
  return after === 'older' ? after : withClosed(before, after);
}

function settled(before: SubjectRecord | undefined, look: Look): SubjectRecord | 'older' {
  const { subject, at, cause, sight } = look;
  const isNewest = before === undefined || at > before.lookedAt;
  if (sight.state === 'unread')
    return isNewest ? settleUnread(before, look, gapFinding(subject, sight.unread)) : 'older';
  const own = { at, cause: reasonOf(before, look) };
  const findings = keep(look.findings, own, before);
  const read = {
    lastRead: { ...own, sight },
    notes: look.notes,
    findings,
    former: formerTexts(before, findings, at),
  };
  if (isNewest) return { subject, lookedAt: at, cause, sight, ...read };
  const fillsIn = before.sight.state === 'unread' && at > (before.lastRead?.at ?? '');
  if (!fillsIn) return 'older';
  const newest = { at: before.lookedAt, cause: before.cause };
  const filled = read.findings.map((kept) => carryOn(kept, newest));
  return { ...before, ...read, findings: [...filled, ...gapsOf(before)] };
}
