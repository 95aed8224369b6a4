import { expect, test } from 'vitest';
import { found } from './found.ts';
import { falseWitness, grantsOf, uncovered } from './judge.ts';

test.each(found())('what once broke a law keeps it: $file', ({ law, input }) => {
  expect(falseWitness(input), law).toBeUndefined();
  expect(uncovered(input, 1, 200), law).toBeUndefined();
  const settled = grantsOf(input).every(({ because }) => !because.includes('too tangled'));
  expect(settled, law).toBe(true);
});
