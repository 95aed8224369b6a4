import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keep } from './found.ts';
import type { Draft } from './policies.ts';
import { inputOf } from './rendering.ts';

const { LAWS_TIMES, LAWS_SEED } = process.env;

/** How often the laws are tried, in relation to `npm test`. */
export const times = Number(LAWS_TIMES ?? 1);

/**
 * Where the trying starts. `npm test` always starts at the same place, so that a change is judged by itself;
 * `npm run laws` starts anywhere, and repeats a failure from its seed.
 */
const seed = LAWS_SEED !== undefined ? Number(LAWS_SEED) : LAWS_TIMES === undefined ? 1 : undefined;
const timeout = 600_000 * Math.max(1, times);

/** What speaks against a law: undefined when nothing does. */
export type Objection = string | undefined;

export const objection = (value: unknown): Objection =>
  value === undefined ? undefined : JSON.stringify(value);

/**
 * Tries a law; a failure is shrunk, and with LAWS_KEEP its questions are put among those found.
 * @param changed the question that the law compares with the given one
 */
export function holds<T extends Draft>(
  name: string,
  runs: number,
  arbitrary: fc.Arbitrary<T>,
  law: (given: T) => Objection,
  changed?: (given: T) => Draft,
): void {
  test(name, { timeout }, () => {
    const numRuns = Math.ceil(runs * times);
    const property = fc.property(arbitrary, (given) => law(given) === undefined);
    const details = fc.check(property, { numRuns, ...(seed !== undefined && { seed }) });
    const [given] = details.counterexample ?? [];
    if (!details.failed || given === undefined) return;
    keep(name, inputOf(given));
    if (changed !== undefined) keep(name, inputOf(changed(given)));
    expect.fail(
      `seed ${details.seed}\n${law(given)}\n${JSON.stringify({ ...given, input: inputOf(given) })}`,
    );
  });
}
