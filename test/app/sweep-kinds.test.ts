import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sweepKinds } from '../../shared/app/sweep-kinds.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import type { Kind, OpenClient } from '../../shared/kinds/kind.ts';
import { sqsQueue } from '../../shared/kinds/sqs-queue.ts';
import { calm } from './bench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Services that are asked to list: how many at a time, and in which order they have answered. */
function services(answerAfterMs: (service: string) => number) {
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const answered: string[] = [];
  const kind = (id: string): Kind => {
    const service = id.slice(0, id.indexOf(':'));
    return {
      ...sqsQueue,
      id,
      connect: async () => undefined,
      async *list() {
        const now = (running.get(service) ?? 0) + 1;
        running.set(service, now);
        most.set(service, Math.max(most.get(service) ?? 0, now));
        await new Promise((resolve) => setTimeout(resolve, answerAfterMs(service)));
        running.set(service, now - 1);
        answered.push(id);
      },
    };
  };
  return { kind, most, answered };
}

const open: OpenClient = () => {
  throw new Error('no client is needed');
};

const sweep = {
  place: { partition: 'aws', account: '111111111112', region: 'eu-west-1' } as const,
  session: {
    account: '111111111112',
    partition: 'aws',
    open: () => open,
    enabledRegions: async () => [],
    canonicalUser: async () => undefined,
  },
  cause: { by: 'audit', audit: 'a-1' } as const,
  surroundings: calm,
} as const;

const ports = () => ({ store: memoryStore(), clock: { now: () => new Date() } });

/** As a Lambda says it. */
function lambdaTime(ms: number): () => number {
  const end = Date.now() + ms;
  return () => end - Date.now();
}

const minuteMs = 60_000;

test('a slow service, however many kinds it has, holds up no kind of another', async () => {
  const { kind, answered } = services((service) => (service === 'slow' ? 2 * minuteMs : 10));
  const named = (nameOf: (letter: string) => string) => [...'abcdefghij'].map(nameOf);
  const quick = [...named((letter) => `quick:${letter}`), ...named((letter) => `${letter}:quick`)];
  const ids = [...named((letter) => `slow:${letter}`), ...quick];
  const done = sweepKinds(ports(), ids.map(kind), sweep, lambdaTime(15 * minuteMs), () => {});
  await vi.advanceTimersByTimeAsync(1000);
  expect(answered).toHaveLength(20);
  expect(answered.filter((id) => id.startsWith('slow'))).toEqual([]);
  await vi.advanceTimersByTimeAsync(11 * minuteMs);
  expect((await done).read).toHaveLength(30);
});

test('the kinds of one service share its bound', async () => {
  const { kind, most } = services(() => 10);
  const done = sweepKinds(
    ports(),
    ['a:1', 'a:2', 'a:3', 'a:4', 'b:1', 'b:2', 'b:3'].map(kind),
    sweep,
    lambdaTime(15 * minuteMs),
    () => {},
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect((await done).read).toHaveLength(7);
  expect(Object.fromEntries(most)).toEqual({ a: 2, b: 2 });
});

test('a service that does not answer keeps no invocation past its end: what others gave is kept, its kinds are left', async () => {
  const { kind } = services((service) => (service === 'mute' ? 100 * minuteMs : 10));
  const remainingMs = lambdaTime(15 * minuteMs);
  const done = sweepKinds(
    ports(),
    ['a:1', 'mute:1', 'mute:2', 'mute:3'].map(kind),
    sweep,
    remainingMs,
    () => {},
  );
  await vi.advanceTimersByTimeAsync(15 * minuteMs - 10_000);
  const { read, left } = await done;
  expect(read.map(({ kind: id }) => id)).toEqual(['a:1']);
  expect(left.map(({ kind: { id } }) => id)).toEqual(['mute:1', 'mute:2', 'mute:3']);
  expect(remainingMs()).toBeGreaterThan(0);
});

test('a kind has the time that it took itself, not that of its neighbours; one left says what it took in vain', async () => {
  const { kind } = services((service) => ({ slow: 2 * minuteMs, mute: 100 * minuteMs })[service] ?? 10);
  const ids = ['quick:1', 'slow:1', 'slow:2', 'slow:3', 'mute:1'];
  const done = sweepKinds(ports(), ids.map(kind), sweep, lambdaTime(15 * minuteMs), () => {});
  await vi.advanceTimersByTimeAsync(15 * minuteMs);
  const { read, left } = await done;
  expect(Object.fromEntries(read.map((each) => [each.kind, each.durationMs]))).toEqual({
    'quick:1': 10,
    'slow:1': 2 * minuteMs,
    'slow:2': 2 * minuteMs,
    'slow:3': 2 * minuteMs,
  });
  expect(left.map(({ durationMs }) => durationMs)).toEqual([14.75 * minuteMs]);
});

test('where there is no end of time, a sweep waits for every answer', async () => {
  const { kind } = services(() => 100 * minuteMs);
  const done = sweepKinds(
    ports(),
    [kind('a:1')],
    sweep,
    () => Number.POSITIVE_INFINITY,
    () => {},
  );
  await vi.advanceTimersByTimeAsync(101 * minuteMs);
  expect((await done).left).toEqual([]);
});
