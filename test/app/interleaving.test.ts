import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { type Bench, openBench } from './bench.ts';
import { queueChanged, roleChanged } from './events.ts';
import { lets, trusts, type World, type WorldAccount } from './world.ts';

const [management, member, outsider, other] = [
  '111111111111',
  '111111111112',
  '222222222222',
  '333333333333',
] as const;

/** One account in some state, which can be read: whom its role and its queue let in. */
const readable: fc.Arbitrary<WorldAccount> = fc
  .record({
    trusted: fc.constantFrom(management, outsider, other),
    sender: fc.constantFrom(management, outsider, other),
  })
  .map(({ trusted, sender }) => ({
    roles: { deploy: trusts(trusted) },
    queues: { 'us-east-1': { orders: lets(sender, 'sqs:SendMessage') } },
  }));

const refusal = { refusal: 'AccessDenied' };

/** What may be refused of it. */
const refusals: readonly WorldAccount[] = [
  {},
  { queues: { 'us-east-1': { orders: refusal } } },
  { queues: { 'us-east-1': refusal } },
  { roles: refusal },
  { unread: { reason: 'denied', message: 'AccessDenied: no' } },
];

const anyWorld: fc.Arbitrary<World> = fc
  .tuple(readable, fc.constantFrom(...refusals))
  .map(([account, refused]) => ({ [member]: { ...account, ...refused } }));

type Step =
  | { readonly type: 'become'; readonly world: World }
  | { readonly type: 'change'; readonly of: 'role' | 'queue'; readonly times: number }
  | { readonly type: 'audit' };

/** A step, and after how many writes it crashes. */
type Stumble = readonly [step: Step, writes: number];

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyWorld.map((world) => ({ type: 'become', world }) as const),
  fc.record({
    type: fc.constant('change' as const),
    of: fc.constantFrom('role' as const, 'queue' as const),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ type: 'audit' } as const),
);

const anyStumble: fc.Arbitrary<Stumble> = fc.tuple(
  anyStep,
  fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY),
);

/** The bench with a store that refuses after so many writes. */
function crashing(bench: Bench, writes: number): Bench {
  let left = writes;
  const settle: Bench['ports']['store']['settle'] = async (look) => {
    left -= 1;
    if (left < 0) throw new Error('the table refuses');
    return bench.ports.store.settle(look);
  };
  return { ...bench, ports: { ...bench.ports, store: { ...bench.ports.store, settle } } };
}

let audits = 0;

async function auditNow(bench: Bench): Promise<void> {
  audits += 1;
  await audit(bench.ports, { audit: `a-${audits}` });
}

async function take(bench: Bench, step: Step): Promise<void> {
  if (step.type === 'become') return bench.become(step.world);
  if (step.type === 'audit') return auditNow(bench);
  const change = step.of === 'role' ? roleChanged('deploy', member) : queueChanged('orders', member);
  await onChange(bench.ports, Array(step.times).fill(change), () => Number.POSITIVE_INFINITY);
}

/** What the store says is open. */
async function openFindings(bench: Bench): Promise<readonly string[]> {
  const open: string[] = [];
  for await (const { findings } of bench.ports.store.all())
    open.push(...findings.map(({ finding }) => finding.id));
  return open.toSorted();
}

test('changes, audits, repetitions, refusals and crashes in any order end where one last audit of a readable world ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStumble, { maxLength: 12 }), readable, async (steps, last) => {
      const [bench, fresh] = [openBench({ [member]: {} }), openBench({ [member]: last })];
      for (const [step, writes] of steps) await take(crashing(bench, writes), step).catch(() => 'crashed');
      bench.become({ [member]: last });
      await auditNow(bench);
      await auditNow(fresh);
      expect(await openFindings(bench)).toEqual(await openFindings(fresh));

      expect(new Set(bench.told.map(({ id }) => id)).size).toBe(bench.told.length);
      const open = new Set<string>();
      for (const { status, finding } of bench.told) {
        expect(open.has(finding.id)).toBe(status !== 'new');
        if (status === 'resolved') open.delete(finding.id);
        else open.add(finding.id);
      }
      expect([...open].toSorted()).toEqual(await openFindings(bench));
    }),
    { numRuns: 40 },
  );
});
