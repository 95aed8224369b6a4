import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PeopleChannel } from '../../shared/app/alert-ports.ts';
import type { AuditPlan } from '../../shared/app/audit-ports.ts';
import { catchUp } from '../../shared/app/catch-up.ts';
import { finishAudit } from '../../shared/app/finish-audit.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { planAudit } from '../../shared/app/plan-audit.ts';
import { publish } from '../../shared/app/publish.ts';
import { sweepPlace } from '../../shared/app/sweep-place.ts';
import { memoryAlertBook } from '../../shared/aws/memory-alert-book.ts';
import type { SubjectRecord, Transition } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { type Bench, openBench } from './bench.ts';
import { queueChanged, roleChanged } from './events.ts';
import {
  auditLogOn,
  bookOn,
  channelOn,
  type Death,
  emptyTable,
  keyOf,
  mortal,
  type Operate,
  slowly,
  storeOn,
  type Table,
  type Turn,
  untilDone,
} from './machine.ts';
import { lets, trusts, type World, type WorldAccount } from './world.ts';

const [management, member, outsider, other] = [
  '111111111111',
  '111111111112',
  '222222222222',
  '333333333333',
] as const;

const forever = () => Number.POSITIVE_INFINITY;

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
  { queues: { 'us-east-1': { orders: refusal } } },
  { queues: { 'us-east-1': refusal } },
  { roles: refusal },
  { unread: { reason: 'denied', message: 'AccessDenied: no' } },
];

const anyWorld: fc.Arbitrary<World> = fc
  .tuple(readable, fc.constantFrom(...refusals))
  .map(([account, refused]) => ({ [member]: { ...account, ...refused } }));

const deaths: fc.Arbitrary<readonly Death[]> = fc.uniqueArray(
  fc.record({
    at: fc.integer({ min: 1, max: 16 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  { maxLength: 3, selector: ({ at }) => at },
);

/** What happens at the same time as all the others, and how whoever does it dies. */
type Happening = { readonly deaths: readonly Death[] } & (
  | { readonly type: 'become'; readonly world: World }
  | { readonly type: 'change'; readonly of: 'role' | 'queue'; readonly times: number }
  | { readonly type: 'audit' }
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant('become' as const), world: anyWorld, deaths }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('change' as const),
      of: fc.constantFrom('role' as const, 'queue' as const),
      times: fc.integer({ min: 1, max: 2 }),
      deaths,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('audit' as const), deaths }) },
);

/** Which worlds there were, and when each ended. */
interface History {
  become(world: World): void;
  /** The worlds that were in force at that time or later, which a look that began then may have seen. */
  since(at: string): readonly World[];
}

function historyOf(bench: Bench, first: World): History {
  const worlds = [{ world: first, until: '' }];
  return {
    become(world) {
      const last = worlds.at(-1);
      if (last) last.until = bench.ports.clock.now().toISOString();
      worlds.push({ world, until: '' });
      bench.become(world);
    },
    since: (at) => worlds.filter(({ until }) => until === '' || until >= at).map(({ world }) => world),
  };
}

/** The policies that a look may have read in a world. */
const policiesIn = (world: World): readonly string[] =>
  Object.values(world).flatMap(({ roles, queues }) =>
    Object.values({ ...roles, ...queues?.['us-east-1'] }).map((policy) => JSON.stringify(policy)),
  );

let audits = 0;

/** An audit as the state machine runs it: each of its steps until it comes through, the places side by side. */
async function auditOn(bench: Bench, table: Table, turn: Turn, deaths: readonly Death[]): Promise<void> {
  const audit = `a-${++audits}`;
  const process = mortal(turn, deaths);
  const ports = (operate: Operate) => ({
    ...bench.ports,
    kinds: slowly(bench.ports.kinds, turn),
    store: storeOn(table, operate),
    auditLog: auditLogOn(bench.ports.auditLog, operate),
  });
  let plan: AuditPlan | undefined;
  await untilDone(process, async (operate) => {
    plan = await planAudit(ports(operate), { audit });
    return true;
  });
  for (const place of plan?.places ?? [])
    await untilDone(
      process,
      async (operate) => (await sweepPlace(ports(operate), { audit, place }, forever)).done,
    );
  await untilDone(process, async (operate) => (await finishAudit(ports(operate), { audit })) !== undefined);
}

/** Lets one thing happen. */
async function happen(
  bench: Bench,
  history: History,
  table: Table,
  turn: Turn,
  what: Happening,
): Promise<void> {
  if (what.type === 'audit') return auditOn(bench, table, turn, what.deaths);
  if (what.type === 'become') {
    await turn();
    return history.become(what.world);
  }
  const change = what.of === 'role' ? roleChanged('deploy', member) : queueChanged('orders', member);
  return untilDone(mortal(turn, what.deaths), async (operate) => {
    const kinds = slowly(bench.ports.kinds, turn);
    const ports = { ...bench.ports, kinds, store: storeOn(table, operate) };
    const { failed } = await onChange(ports, Array(what.times).fill(change), forever);
    return failed.length === 0;
  });
}

/** The publisher of the table's stream, and who tells what a channel has refused. */
function publishing(table: Table, turn: Turn, ends: readonly Death[], refusedSends: readonly number[]) {
  const sent: Transition[] = [];
  let sends = 0;
  const channel: PeopleChannel = {
    audience: 'people',
    name: 'people',
    async send(alert) {
      sends += 1;
      if (refusedSends.includes(sends)) throw new Error('the topic refuses');
      if (alert.type === 'one') sent.push(alert.transition);
    },
  };
  const book = memoryAlertBook();
  const process = mortal(turn, ends);
  const ports = (operate: Operate) => ({
    channels: [channelOn(channel, operate)],
    alertBook: bookOn(book, operate),
    alertRules: { stormAfter: 500 },
    clock: { now: () => new Date(0) },
    log: { info() {}, warn() {} },
  });
  let position = 0;
  return {
    sent,
    /** Deaths between a send and what is written of it: the one case of twice. */
    deaths: () => process.lives(),
    /** Publishes the stream to its present end, three writes at a time, then what was put off. */
    async drain() {
      while (position < table.stream.length) {
        const batch = table.stream.slice(position, position + 3);
        await untilDone(
          process,
          async (operate) => (await publish(ports(operate), batch)).failedSequence === undefined,
        );
        position += batch.length;
      }
      await untilDone(process, async (operate) => (await catchUp(ports(operate))) !== undefined);
    },
  };
}

/** What the looks that were heard say together, whatever the order in which they came: each in its time. */
function told({ heard }: Table) {
  const records = new Map<string, SubjectRecord>();
  for (const look of heard.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const key = keyOf(look.subject);
    const after = settle(records.get(key), look);
    if (after !== 'older') records.set(key, after);
  }
  return records;
}

/** What of records must not depend on any order. */
const essence = (records: ReadonlyMap<string, SubjectRecord>) =>
  new Map(
    [...records].map(([key, { lookedAt, sight, lastRead, findings }]) => [
      key,
      {
        lookedAt,
        sight,
        readAt: lastRead?.at,
        findings: findings.map(({ finding }) => finding.id).toSorted(),
      },
    ]),
  );

const openIn = ({ records }: Table) =>
  [...records.values()].flatMap(({ findings }) => findings.map(({ finding }) => finding.id)).toSorted();

/** That no look tells of a time after which it did not read, and that nothing is called gone that was always there. */
function expectTruth({ heard, stream }: Table, history: History) {
  for (const { at, sight, subject } of heard) {
    if (subject.type === 'resource') expect(sight.state).not.toBe('absent');
    if (sight.state !== 'present') continue;
    const possible = history.since(at).flatMap(policiesIn);
    for (const { text } of sight.policies ?? []) expect(possible).toContain(text);
  }
  const access = (record: SubjectRecord | undefined) =>
    record?.findings.flatMap(({ finding }) => (finding.type === 'access' ? finding.id : [])) ?? [];
  for (const { before, after } of stream)
    if (after?.lastRead?.at === before?.lastRead?.at) expect(access(after)).toEqual(access(before));
}

const unique = (sent: readonly Transition[]) => [...new Map(sent.map((each) => [each.id, each])).values()];

const runs = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 7 }),
  first: readable,
  last: readable,
  scheduler: fc.scheduler(),
  publisherDeaths: deaths,
  refused: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
});

test('changes, audits, repetitions, delays, refusals and deaths between any two writes, all at once, end where the last look ends, and each transition is told once', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(runs, async ({ happenings, first, last, scheduler, publisherDeaths, refused }) => {
      const [bench, fresh] = [openBench({ [member]: first }), openBench({ [member]: last })];
      const history = historyOf(bench, { [member]: first });
      const [table, freshTable] = [emptyTable(), emptyTable()];
      const turn = () => scheduler.schedule(Promise.resolve());
      const publisher = publishing(table, turn, publisherDeaths, refused);
      const both = [
        ...happenings.map((what) => happen(bench, history, table, turn, what)),
        publisher.drain(),
      ];
      await scheduler.waitFor(Promise.all(both));
      expect(essence(table.records)).toEqual(essence(told(table)));

      history.become({ [member]: last });
      const now = async () => {};
      await auditOn(bench, table, now, []);
      await auditOn(fresh, freshTable, now, []);
      expect(openIn(table)).toEqual(openIn(freshTable));

      await scheduler.waitFor(publisher.drain());
      expectTruth(table, history);
      const everything = table.stream.flatMap(({ before, after }) => transitions(before, after));
      const heard = unique(publisher.sent);
      expect(heard.map(({ id }) => id).toSorted()).toEqual(everything.map(({ id }) => id).toSorted());
      expect(publisher.sent.length - heard.length).toBeLessThanOrEqual(publisherDeaths.length);
      const open = new Set<string>();
      for (const { status, finding } of heard) {
        expect(open.has(finding.id)).toBe(status !== 'new');
        if (status === 'resolved') open.delete(finding.id);
        else open.add(finding.id);
      }
      expect([...open].toSorted()).toEqual(openIn(table));
    }),
    { numRuns: Number(process.env.LAWS_TIMES ?? 1) * 60 },
  );
});
