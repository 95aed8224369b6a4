import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import { hostileInput } from './hostile.ts';
import { entriesFor, isCovered } from './judge.ts';
import { times } from './law.ts';

const count = Math.ceil(60 * times);
const limitMs = 100;

/** Machines differ, and this one may be busy: slow ones are counted, and only a policy that takes seconds fails. */
const patienceMs = 10_000;

test('a hostile policy of any size is judged, in time, and misses nobody', {
  timeout: 300_000 * Math.max(1, times),
}, () => {
  const slow: { seed: number; ms: number }[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const input = hostileInput(seed);
    const start = performance.now();
    const decision = decide(input);
    const ms = Math.round(performance.now() - start);
    if (ms > limitMs) slow.push({ seed, ms });
    if (decision.state === 'unjudged') throw new Error(`seed ${seed}: ${decision.reason}`);
    const isWidened = decision.grants.some(({ because }) => because.includes('too tangled'));
    const isNoted = decision.notes.some(({ type }) => type === 'widest-reading');
    expect(isNoted || !isWidened, `seed ${seed}`).toBe(true);
    const missed = entriesFor(input, seed, 6).find((request) => !isCovered(decision.grants, request));
    expect(missed, `seed ${seed}`).toBeUndefined();
  }
  console.log(
    `${slow.length} of ${count} hostile policies took longer than ${limitMs} ms: ${JSON.stringify(slow)}`,
  );
  expect(slow.filter(({ ms }) => ms > patienceMs)).toEqual([]);
});
