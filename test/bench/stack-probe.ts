import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { expect, inject, test } from 'vitest';
import { endpoint } from '../e2e/clients.ts';
import { subscribe } from '../e2e/inbox.ts';
import { strangers } from '../e2e/plants.ts';
import { eventually, putChange, startAnew } from '../e2e/stack.ts';
import { changeTrust, makeRole, roleArn } from '../e2e/trust-change.ts';
import { type ProcessorTime, processorTime } from './processor-time.ts';

const { payments, data } = inject('world').accounts;
const { AWS: outside } = strangers;
const inside = `arn:aws:iam::${data}:root`;

const rates = [1, 10, 100];
const count = Number(process.env.BENCH_EVENTS ?? 200);
const roles = Array.from({ length: count }, (_, index) => `latency-${index}`);
const minutes = 60_000;

/** Lets the principal assume every role, and returns the records of that. */
const everyRole = (change: typeof changeTrust, principal: string) =>
  pLimit(8).map(roles, (roleName) => change(payments, roleName, principal));

const runner = process.env.E2E_RUNNER ?? '';

/** The processors that each sort of process kept busy meanwhile. */
function busy(before: ProcessorTime, after: ProcessorTime, seconds: number) {
  const share = (sort: keyof ProcessorTime) => Number(((after[sort] - before[sort]) / seconds).toFixed(2));
  return { emulators: share('emulators'), functions: share('functions'), tests: share('tests') };
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

/** What became of events that were put at a rate: how long each took to its message, and how many came through a second. */
function outcome(rate: number, sentMs: readonly number[], toldMs: readonly number[]) {
  const tookMs = sorted(toldMs.map((told, index) => told - (sentMs[index] ?? Number.NaN)));
  const perSecond = (times: readonly number[]) =>
    ((times.length - 1) / (Math.max(...times) - Math.min(...times))) * 1000;
  return {
    eventsPerSecond: rate,
    events: tookMs.length,
    medianMs: Math.round(tookMs[Math.floor(tookMs.length / 2)] ?? Number.NaN),
    worstMs: Math.round(tookMs.at(-1) ?? Number.NaN),
    sentPerSecond: Number(perSecond(sentMs).toFixed(1)),
    toldPerSecond: Number(perSecond(toldMs).toFixed(1)),
  };
}

/** The calls of the stack until none has come for two seconds. */
async function callsUntilQuiet(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let quiet = 0; quiet < 4; quiet++) {
    await sleep(500);
    const taken = (await (await fetch(`${endpoint}/_calls`)).json()) as Record<string, number>;
    if (Object.keys(taken).length > 0) quiet = -1;
    for (const [name, calls] of Object.entries(taken)) counts[name] = (counts[name] ?? 0) + calls;
  }
  return counts;
}

const total = (calls: Readonly<Record<string, number>>) =>
  Object.values(calls).reduce((sum, each) => sum + each, 0);

/** The calls of one event, retries included. The fewest of some: what schedules do meanwhile is none of it. */
async function callsOf(times: number, event: (time: number) => Promise<void>) {
  const all: Readonly<Record<string, number>>[] = [];
  for (let time = 0; time < times; time++) {
    await callsUntilQuiet();
    await event(time);
    all.push(await callsUntilQuiet());
  }
  const calls = all.toSorted((a, b) => total(a) - total(b))[0] ?? {};
  const byName = Object.entries(calls).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { calls: total(calls), ...Object.fromEntries(byName) };
}

const results: Record<string, unknown> = {};

test('from an event on the bus to the message in a subscribed queue', { timeout: 10 * minutes }, async () => {
  const inbox = await subscribe('latency');
  await everyRole(makeRole, inside);
  // The first event starts the functions.
  await putChange(await makeRole(payments, 'latency-first', outside));
  await inbox.take(1, minutes, ({ resource }) => resource === roleArn(payments, 'latency-first'));

  for (const [round, rate] of rates.entries()) {
    const changes = await everyRole(changeTrust, round % 2 === 0 ? outside : inside);
    const sentMs: number[] = [];
    const toldMs: number[] = [];
    const before = await processorTime(runner);
    const start = performance.now();
    const sending = changes.map(async (change, index) => {
      await sleep((index / rate) * 1000);
      sentMs[index] = performance.now();
      // Somebody else each time: many changes of one principal would be told as one list.
      const arn = `arn:aws:iam::${payments}:user/writer-${rate}-${index}`;
      await putChange({ ...change, userIdentity: { type: 'IAMUser', arn } });
    });
    await eventually(
      `${count} messages at ${rate} a second`,
      (count / rate) * 1000 + 2 * minutes,
      async () => {
        for (const { resource, status } of await inbox.nextBodies()) {
          const index = roles.findIndex((roleName) => roleArn(payments, roleName) === resource);
          if (index >= 0 && status === (round % 2 === 0 ? 'new' : 'resolved'))
            toldMs[index] ??= performance.now();
        }
        return Object.keys(toldMs).length === count || undefined;
      },
      0,
    );
    await Promise.all(sending);
    const seconds = (performance.now() - start) / 1000;
    const busyProcessors = busy(before, await processorTime(runner), seconds);
    const sinceStart = (times: readonly number[]) => times.map((at) => at - start);
    results[`${rate} a second`] = {
      ...outcome(rate, sinceStart(sentMs), sinceStart(toldMs)),
      busyProcessors,
    };
  }
  expect(Object.keys(results)).toHaveLength(rates.length);
});

test('what an event costs in calls', { timeout: 3 * minutes }, async () => {
  // After the last round every role lets the outsider in: to put one right again is told.
  const putRight = (index: number) => changeTrust(payments, roles[index] ?? '', inside);
  const first = await callsOf(2, async (time) => {
    await startAnew();
    await putChange(await putRight(time));
  });
  const warm = await callsOf(3, async (time) => putChange(await putRight(time + 2)));
  const nothingNew = await callsOf(3, async (time) => putChange(await putRight(time)));
  results.calls = { first, warm, nothingNew };
  writeFileSync(process.env.BENCH_OUT ?? '', JSON.stringify(results));
});
