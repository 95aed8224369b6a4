import { expect, test } from 'vitest';
import { finishAudit } from '../../shared/app/finish-audit.ts';
import { planAudit } from '../../shared/app/plan-audit.ts';
import { sweepPlace } from '../../shared/app/sweep-place.ts';
import type { PlaceCoverage } from '../../shared/findings/coverage.ts';
import { type Bench, openBench } from './bench.ts';
import { lets, trusts, type World } from './world.ts';

const [member, outsider] = ['111111111112', '222222222222'] as const;

const names = Array.from({ length: 40 }, (_, index) => `queue-${String(index).padStart(2, '0')}`);

const world: World = {
  [member]: {
    roles: { deploy: trusts(outsider) },
    queues: {
      'us-east-1': Object.fromEntries(names.map((name) => [name, lets(outsider, 'sqs:SendMessage')])),
    },
  },
};

/** Time for so many new findings, and no more. */
function timeFor({ told }: Bench, findings: number): () => number {
  const start = told.length;
  return () => (told.length - start < findings ? 600_000 : 0);
}

const forever = () => Number.POSITIVE_INFINITY;

/** Sweeps the one place of the plan, an invocation after the other. Returns how many it took. */
async function sweepInPieces(bench: Bench, findings: number): Promise<number> {
  const { audit, places } = await planAudit(bench.ports, { audit: 'a-1' });
  const [place] = places;
  if (place === undefined) throw new Error('no place is planned');
  let cursor: string | undefined;
  for (let invocations = 1; ; invocations += 1) {
    const sweep = { audit, place, ...(cursor !== undefined && { cursor }) };
    const result = await sweepPlace(bench.ports, sweep, timeFor(bench, findings));
    if (result.done) return invocations;
    cursor = result.cursor;
  }
}

async function coverageOf(bench: Bench): Promise<readonly PlaceCoverage[]> {
  const coverage: PlaceCoverage[] = [];
  for await (const each of bench.ports.auditLog.readCoverage('a-1')) coverage.push(each);
  return coverage;
}

test('a sweep in pieces sees what a sweep in one piece sees, and tells it once', async () => {
  const [whole, pieces] = [openBench(world), openBench(world)];
  expect(await sweepInPieces(whole, 1000)).toBe(1);
  expect(await sweepInPieces(pieces, 10)).toBeGreaterThan(1);
  expect(pieces.news()).toEqual(whole.news());
  const [inPieces, inOne] = [await coverageOf(pieces), await coverageOf(whole)];
  const counts = (places: readonly PlaceCoverage[]) =>
    places.map(({ kinds }) => kinds.map(({ durationMs: _, ...each }) => each));
  expect(counts(inPieces)).toEqual(counts(inOne));
  expect(inPieces).toMatchObject([
    {
      kinds: [
        { kind: 'iam:role', present: 1 },
        { kind: 'sqs:queue', outcome: 'listed', present: 40 },
      ],
    },
  ]);
});

test('the time of a kind that is read in pieces is that of all of them', async () => {
  const bench = openBench(world);
  const invocations = await sweepInPieces(bench, 10);
  const [coverage] = await coverageOf(bench);
  const queues = coverage?.kinds.find(({ kind }) => kind === 'sqs:queue');
  // The clock goes on a second with each look at it, and a kind looks twice at least whenever it is begun.
  expect(queues?.durationMs).toBeGreaterThanOrEqual((invocations - 1) * 2000);
  expect(queues?.durationMs).toBeLessThan(coverage?.durationMs ?? 0);
});

test('a sweep in pieces looks at each resource once', async () => {
  const bench = openBench(world);
  const looks: string[] = [];
  const settle: Bench['ports']['store']['settle'] = (look) => {
    if (look.subject.type === 'resource') looks.push(look.subject.arn);
    return bench.ports.store.settle(look);
  };
  const store = { ...bench.ports.store, settle };
  await sweepInPieces({ ...bench, ports: { ...bench.ports, store } }, 10);
  expect(looks).toHaveLength(41);
  expect(new Set(looks).size).toBe(41);
});

test('a sweep that is broken off resolves nothing, however little it has listed', async () => {
  const bench = openBench(world);
  await sweepInPieces(bench, 1000);
  bench.news();
  const { places } = await planAudit(bench.ports, { audit: 'a-2' });
  const [place] = places;
  if (place === undefined) throw new Error('no place is planned');
  let left = 20;
  const result = await sweepPlace(bench.ports, { audit: 'a-2', place }, () => {
    left -= 1;
    return left > 0 ? 600_000 : 0;
  });
  expect(result.done).toBe(false);
  expect(bench.news()).toEqual([]);
});

test('a sweep that never comes to its end gives up: its kinds are gaps', async () => {
  const bench = openBench(world);
  expect(await sweepInPieces(bench, 0)).toBe(100);
  expect(bench.news()).toEqual([
    `new Cannot read iam:role in ${member}/us-east-1: not-finished`,
    `new Cannot read sqs:queue in ${member}/us-east-1: not-finished`,
  ]);
});

test('a place whose sweep crashed is not finished: a gap, until an audit covers it', async () => {
  const bench = openBench(world);
  await planAudit(bench.ports, { audit: 'a-1' });
  const { report } = await finishAudit(bench.ports, { audit: 'a-1' });
  const gap = `Cannot read ${member}/us-east-1: not-finished`;
  expect(report.gaps.map(({ finding }) => finding.title)).toEqual([gap]);
  expect(report.coverage.places).toMatchObject([{ unread: { reason: 'not-finished' }, kinds: [] }]);
  expect(bench.news()).toEqual([`new ${gap}`]);
  await sweepInPieces(bench, 1000);
  await finishAudit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toContain(`resolved ${gap}`);
});

test('a store that refuses stops the sweep with its error, and no coverage is claimed', async () => {
  const bench = openBench(world);
  const { places } = await planAudit(bench.ports, { audit: 'a-1' });
  const [place] = places;
  if (place === undefined) throw new Error('no place is planned');
  const settle = async () => {
    throw new Error('the table is throttled');
  };
  const ports = { ...bench.ports, store: { ...bench.ports.store, settle } };
  await expect(sweepPlace(ports, { audit: 'a-1', place }, forever)).rejects.toThrow('the table is throttled');
  expect(await coverageOf(bench)).toEqual([]);
});

test('a cursor that no sweep wrote is refused by its place', async () => {
  const bench = openBench(world);
  const place = { partition: 'aws', account: member, region: 'us-east-1', reaches: ['regional'] } as const;
  await expect(sweepPlace(bench.ports, { audit: 'a-1', place, cursor: 'x' }, forever)).rejects.toThrow(
    `the cursor of ${member}/us-east-1: not what a sweep wrote`,
  );
});
