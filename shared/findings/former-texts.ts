import type { Cause } from './finding.ts';
import {
  type FormerTexts,
  type KeptFinding,
  type PolicyText,
  type SubjectRecord,
  textsOf,
} from './record.ts';

/** So much former text of one resource is kept: as much as of the current one. */
const mostFormerText = 128 * 1024;

const lengthOf = (texts: readonly PolicyText[]) => texts.reduce((sum, { text }) => sum + text.length, 0);

/**
 * The former texts to keep with these findings: those before the looks that made the findings what they are, the
 * newest first, as far as there is room.
 * @param at the time of the look that `findings` come from; `before` is the record that it found
 */
export function formerTexts(
  before: SubjectRecord | undefined,
  findings: readonly KeptFinding[],
  at: string,
): readonly FormerTexts[] {
  const policies = textsOf(before);
  const seen = before?.lastRead?.at ?? before?.lookedAt ?? at;
  const known = [...(policies ? [{ seen, until: at, policies }] : []), ...(before?.former ?? [])];
  const needed = new Set(findings.map(({ since }) => since));
  let left = mostFormerText;
  return known.filter((former) => {
    if (!needed.has(former.until)) return false;
    left -= lengthOf(former.policies);
    return left >= 0;
  });
}

/** The policy texts of a resource around the look that made a finding what it is, as far as they are kept. */
export interface PolicyChange {
  readonly before?: readonly PolicyText[];
  readonly after: readonly PolicyText[];
}

const isSameText = (a: readonly PolicyText[], b: readonly PolicyText[]) =>
  JSON.stringify(a) === JSON.stringify(b);

/** Whether a change of policies is none: another meaning comes from what surrounds them. */
export const isSamePolicy = ({ before, after }: PolicyChange) =>
  before !== undefined && isSameText(before, after);

/** The texts before a finding became what it is, and those of now. */
export function policyChange(
  record: SubjectRecord,
  { since }: Pick<KeptFinding, 'since'>,
): PolicyChange | undefined {
  const after = textsOf(record);
  const before = record.former?.find(({ until }) => until === since)?.policies;
  return after && { ...(before && { before }), after };
}

/** Whether an audit saw a change of policy that no event had told of by then. */
export function isUnannounced(cause: Cause, change: PolicyChange | undefined): boolean {
  return cause.by === 'audit' && change?.before !== undefined && !isSamePolicy(change);
}

/**
 * Which findings of an audit a change explains that is told of late: it fell between the two looks of which the
 * later saw another policy.
 */
export function explainedBy(cause: Cause, record: SubjectRecord | undefined): (kept: KeptFinding) => boolean {
  const current = textsOf(record);
  if (cause.by !== 'change' || current === undefined) return () => false;
  const happened = Date.parse(cause.eventTime);
  // CloudTrail's times are whole seconds.
  const isBetween = ({ seen, until }: FormerTexts) =>
    happened + 999 >= Date.parse(seen) && happened <= Date.parse(until);
  const explained = new Set(
    (record?.former ?? [])
      .filter((former) => isBetween(former) && !isSameText(former.policies, current))
      .map(({ until }) => until),
  );
  return (kept) => kept.cause.by === 'audit' && explained.has(kept.since);
}
