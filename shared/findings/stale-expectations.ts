import { parseArn } from '../iam/arn.ts';
import { globCovers } from '../iam/glob.ts';
import { type Expectation, type ExpectedGrant, expectationOf, isOver } from './expectation.ts';
import type { GapFinding } from './finding.ts';
import type { KeptFinding } from './record.ts';
import { whereOf } from './subject.ts';

/** An entry of trust.yml that can be taken out: its last day is over, or nothing is there that it covers. */
export interface StaleExpectation {
  readonly why: 'ended' | 'unused';
  readonly expectation: Expectation;
  readonly kind: string;
  readonly resource: string;
}

/** Whether something that an entry covers may be behind a gap: there, unused is not known. */
function mayHide({ subject }: GapFinding, { kind, resource }: ExpectedGrant): boolean {
  const where = whereOf(subject);
  if (where.kind !== undefined && where.kind !== kind) return false;
  const account = parseArn(resource)?.account ?? '';
  return where.account === undefined || account === '' || globCovers(account, where.account);
}

/**
 * The entries that can be taken out, after an audit that began at `startedAt`. Unused is said only of what a whole
 * audit could have seen: not of a part (`isWhole`), and not where a gap may hide it.
 */
export function staleExpectations(
  entries: readonly ExpectedGrant[],
  kept: readonly KeptFinding[],
  startedAt: string,
  isWhole: boolean,
): readonly StaleExpectation[] {
  const findings = kept.map(({ finding }) => finding);
  const used = new Set(
    findings.flatMap((finding) => (finding.type === 'access' ? (finding.expectation?.entry ?? []) : [])),
  );
  const gaps = findings.filter((finding) => finding.type === 'gap');
  return entries.flatMap((entry): StaleExpectation[] => {
    const { kind, resource } = entry;
    const stale = { expectation: expectationOf(entry), kind, resource };
    if (isOver(entry, startedAt)) return [{ why: 'ended', ...stale }];
    const isUnused =
      isWhole && !used.has(stale.expectation.entry) && !gaps.some((gap) => mayHide(gap, entry));
    return isUnused ? [{ why: 'unused', ...stale }] : [];
  });
}
