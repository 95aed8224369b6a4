import type { GapFinding, Subject, Unread } from './finding.ts';
import { gapId } from './identity.ts';
import { oneLine } from './one-line.ts';
import { severityOfGap } from './severity.ts';
import { formatSubject } from './subject.ts';

/** The finding that says that a subject could not be read. */
export function gapFinding(subject: Subject, unread: Unread): GapFinding {
  return {
    type: 'gap',
    id: gapId(subject),
    severity: severityOfGap(subject, unread.reason),
    title: oneLine(`Cannot read ${formatSubject(subject)}: ${unread.reason}`, 240),
    subject,
    unread: { reason: unread.reason, message: oneLine(unread.message, 1000) },
  };
}
