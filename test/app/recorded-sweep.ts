import type { Session } from '../../shared/app/ports.ts';
import { sweepKind } from '../../shared/app/sweep-kind.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import type { Place } from '../../shared/iam/place.ts';
import type { Kind, OpenClient } from '../../shared/kinds/kind.ts';
import { account, cases, placeOf } from '../kinds/recorded.ts';

/** Every recorded case, as a table of tests. */
export const table = cases.map(
  ([folder, kind, { region }]) => [kind.id, folder, kind, placeOf(kind, region)] as const,
);

export const sessionOn = (open: OpenClient): Session => ({
  account,
  partition: 'aws',
  open: () => open,
  enabledRegions: async () => [],
  canonicalUser: async () => undefined,
});

/** Sweeps one kind into an empty store: the coverage, and what was seen of each resource. */
export async function sweep(kind: Kind, place: Place, session: Session) {
  const records = new Map<string, SubjectRecord>();
  const store = memoryStore((_, after) => {
    if (after.subject.type === 'resource') records.set(after.subject.arn, after);
  });
  const surroundings = {
    zone: { accounts: [], organizationPaths: [] },
    controls: () => [],
    expected: [],
    boundaries: () => [],
    deployers: [],
    overdueDays: 30,
    vendors: new Map(),
    namelessAccounts: 0,
    members: new Map(),
    former: new Map(),
    canonicalUsers: new Map(),
    enabledRegions: new Map(),
  };
  const cause = { by: 'audit', audit: 'a-1' } as const;
  const ports = { store, clock: { now: () => new Date() } };
  const coverage = await sweepKind(ports, { kind, place, session, cause, surroundings }, () => Infinity);
  if (coverage === 'out-of-time') throw new Error('out of time');
  return { coverage, sights: new Map([...records].map(([arn, { sight }]) => [arn, sight] as const)) };
}
