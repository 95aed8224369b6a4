import { toldKeptDays } from './alert.ts';
import { isExpected } from './expected.ts';
import type { Finding } from './finding.ts';
import type { ClosedFinding, SubjectRecord } from './record.ts';

/** The look that an access finding, or a gap, of this record hangs on. */
function lookOf(record: SubjectRecord, { type }: Finding) {
  const read = type === 'access' ? record.lastRead : undefined;
  return read ?? { at: record.lookedAt, cause: record.cause };
}

/** What a write takes away: of what was expected, nobody was told that it is there. */
export function closedNow(before: SubjectRecord | undefined, after: SubjectRecord): readonly ClosedFinding[] {
  const present = new Set(after.findings.map(({ finding }) => finding.id));
  const gone = before?.findings.filter(({ finding }) => !present.has(finding.id) && !isExpected(finding));
  return (gone ?? []).map(({ finding, firstSeen }) => {
    const { at, cause } = lookOf(after, finding);
    const departed = after.sight.state === 'departed' && { departed: true as const };
    return { finding, ...departed, firstSeen, at, cause };
  });
}

/** More than this of one subject, only somebody hostile closes in so few days; a record has its bounds. */
const mostClosed = 200;

/** The record with what was closed as long as anybody may ask whether it was told, the newest last. */
export function withClosed(before: SubjectRecord | undefined, after: SubjectRecord): SubjectRecord {
  const now = closedNow(before, after);
  const oldest = new Date(Date.parse(after.lookedAt) - toldKeptDays * 86_400_000).toISOString();
  const again = new Set([...now, ...after.findings].map(({ finding }) => finding.id));
  const earlier = before?.closed?.filter(({ finding, at }) => at > oldest && !again.has(finding.id)) ?? [];
  const closed = [...earlier, ...now].slice(-mostClosed);
  const { closed: _, ...bare } = after;
  return { ...bare, ...(closed.length > 0 && { closed }) };
}
