import type { GapFinding, Subject, Unread, UnreadReason } from './finding.ts';
import { gapId } from './identity.ts';
import { oneLine } from './one-line.ts';
import { severities, severityOfGap } from './severity.ts';
import { formatSubject } from './subject.ts';

const titleOf = (subject: Subject, reason: UnreadReason) =>
  reason === 'overdue'
    ? `No audit has read ${formatSubject(subject)} for too long`
    : `Cannot read ${formatSubject(subject)}: ${reason}`;

/** The finding that says that a subject could not be read. */
export function gapFinding(subject: Subject, unread: Unread): GapFinding {
  return {
    type: 'gap',
    id: gapId(subject),
    severity: severityOfGap(subject, unread.reason),
    title: oneLine(titleOf(subject, unread.reason), 240),
    subject,
    unread: { reason: unread.reason, message: oneLine(unread.message, 1000) },
  };
}

/** Days until a place that no audit has read is a gap, where trust.yml does not say: more than a week goes by for nobody. */
export const usualOverdueDays = 7;

/** A gap that is open for so long is told again, as worse: what nobody reads, nobody watches. */
const staleAfterDays = 7;

/** A gap as bad as it is after all the time that it has been open: a step worse when nobody has closed it. */
export function agedGap(gap: GapFinding, firstSeen: string, at: string): GapFinding {
  const days = (Date.parse(at) - Date.parse(firstSeen)) / 86_400_000;
  if (days < staleAfterDays) return gap;
  const severity = severities[Math.max(0, severities.indexOf(gap.severity) - 1)] ?? 'critical';
  return { ...gap, severity, title: oneLine(`${gap.title}, for more than ${staleAfterDays} days`, 300) };
}
