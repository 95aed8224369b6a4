import { expect, test } from 'vitest';
import { found } from './found.ts';
import { falseWitness, uncovered } from './judge.ts';

test('what once broke a law keeps it', () => {
  for (const { file, law, input } of found()) {
    expect(falseWitness(input), `${file}: ${law}`).toBeUndefined();
    expect(uncovered(input, 1, 200), `${file}: ${law}`).toBeUndefined();
  }
});
