import { expect, test } from 'vitest';
import { found } from './found.ts';
import { falseWitness, grantsOf, uncovered } from './judge.ts';

test('what once broke a law keeps it', () => {
  for (const { file, law, input } of found()) {
    expect(falseWitness(input), `${file}: ${law}`).toBeUndefined();
    expect(uncovered(input, 1, 200), `${file}: ${law}`).toBeUndefined();
    const settled = grantsOf(input).every(({ because }) => !because.includes('too tangled'));
    expect(settled, `${file}: ${law}`).toBe(true);
  }
});
