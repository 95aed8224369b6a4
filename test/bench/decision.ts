import { Clock } from '../../shared/access/clock.ts';
import { decide } from '../../shared/access/decide.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import { judgeAfresh } from '../../shared/access/judge.ts';
import type { Zone } from '../../shared/access/zone.ts';
import { hostilePolicies } from './hostile-policies.ts';
import { isLarge, policyCorpus, type Sample } from './policy-corpus.ts';

const count = 20_000;
const seed = 20_261_122;
const passes = 9;
const warmUps = 6;

const zoneOf = (size: number): Zone => ({
  organization: 'o-abc1234567',
  accounts: Array.from({ length: size }, (_, i) => String(111_122_223_333 + i)),
  organizationPaths: [],
});

function timeMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const medianOf = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The median of some passes. */
const medianMs = (work: () => void) => medianOf(Array.from({ length: passes }, () => timeMs(work)));

/** How long one work takes over another, each pass beside one of the other: what slows the machine slows both. */
const timesAsLong = (work: () => void, other: () => void) =>
  medianOf(Array.from({ length: passes }, () => timeMs(work) / timeMs(other)));

const inputsOf = (samples: readonly Sample[], zone: Zone): readonly DecisionInput[] =>
  samples.map(({ resource, policies }) => ({ resource, policies, zone }));

function judgeAll(inputs: readonly DecisionInput[]): void {
  for (const input of inputs) decide(input);
}

/** Without what is remembered of policies that differ in names alone. */
function judgeAllAfresh(inputs: readonly DecisionInput[]): void {
  for (const input of inputs) judgeAfresh(input, new Clock(undefined));
}

function worstHostile(zone: Zone): { readonly ms: number; readonly mb: number } {
  let ms = 0;
  let mb = 0;
  for (const sample of hostilePolicies()) {
    const inputs = inputsOf([sample], zone);
    const before = process.memoryUsage().heapUsed;
    ms = Math.max(
      ms,
      timeMs(() => judgeAll(inputs)),
    );
    mb = Math.max(mb, (process.memoryUsage().heapUsed - before) / 2 ** 20);
  }
  return { ms, mb };
}

/** What judging costs, in relation to JSON.parse of the same texts in the same run; times in milliseconds. */
export function measureDecision(): Record<string, number> {
  const samples = policyCorpus(count, seed);
  const texts = samples.flatMap(({ policies }) => policies.map(({ text }) => text));
  const zone = zoneOf(3);
  const inputs = inputsOf(samples, zone);
  const firstMs = timeMs(() => judgeAll(inputs));
  const parseAll = () => {
    for (const text of texts) JSON.parse(text);
  };
  // The engine compiles what runs often, in several steps: warm is when it has done so.
  for (let pass = 0; pass < warmUps; pass += 1) judgeAll(inputs);
  parseAll();
  const parseMs = medianMs(parseAll);
  const warm = timesAsLong(() => judgeAll(inputs), parseAll);
  judgeAllAfresh(inputs);
  const afresh = timesAsLong(() => judgeAllAfresh(inputs), parseAll);
  const large = inputsOf(samples.filter(isLarge), zone);
  const largeMs = Math.max(...large.map((input) => medianMs(() => judgeAll([input]))));
  const wide = inputsOf(samples, zoneOf(5_000));
  judgeAll(wide.slice(0, 100));
  const widened = timesAsLong(
    () => judgeAll(wide),
    () => judgeAll(inputs),
  );
  const hostile = worstHostile(zone);
  return {
    'decision: policies': count,
    'decision: kilobytes of text': Math.round(texts.reduce((sum, text) => sum + text.length, 0) / 1000),
    'decision: JSON.parse of all, ms': parseMs,
    'decision: warm pass over JSON.parse': warm,
    'decision: warm pass over JSON.parse, each policy judged by itself': afresh,
    'decision: first pass over JSON.parse': firstMs / parseMs,
    'decision: slowest 20 kB policy, ms': largeMs,
    'decision: 5,000 accounts in the zone over 3': widened,
    'decision: slowest hostile policy, ms': hostile.ms,
    'decision: most memory for a hostile policy, MB': hostile.mb,
  };
}
