import { covers } from './covers.ts';
import { type ExpectedGrant, expectationOf, isOver } from './expectation.ts';
import type { AccessFinding, Finding } from './finding.ts';

/** The longest-lived, so that the answer does not depend on the order of the file. */
function last(entries: readonly ExpectedGrant[]): ExpectedGrant | undefined {
  const key = (entry: ExpectedGrant) => `${entry.until} ${JSON.stringify(expectationOf(entry))}`;
  return entries.toSorted((a, b) => (key(a) < key(b) ? 1 : -1))[0];
}

/** A finding with the entry that covers it, or the one that did so until its last day was over. */
export function withExpectation(
  finding: AccessFinding,
  entries: readonly ExpectedGrant[],
  at: string,
): AccessFinding {
  const covering = last(entries.filter((entry) => covers(entry, finding)));
  if (covering === undefined) return finding;
  const expectation = expectationOf(covering);
  return isOver(covering, at) ? { ...finding, ended: expectation } : { ...finding, expectation };
}

/** What was expected and is not looked at again is a finding as soon as its expectation has ended. */
export function endExpectation<F extends Finding>(finding: F, at: string): F {
  if (finding.type !== 'access' || finding.expectation === undefined) return finding;
  const { expectation, ...open } = finding;
  return isOver(expectation, at) ? { ...(open as F), ended: expectation } : finding;
}

/** Whether a finding is wanted: it exists, and is no alert. */
export function isExpected(finding: Finding): boolean {
  if (finding.type === 'access') return finding.expectation !== undefined;
  return finding.type === 'tamper' && finding.deployer !== undefined;
}
