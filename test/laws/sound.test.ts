import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kinds } from './cast.ts';
import { uncovered } from './judge.ts';
import { holds, objection } from './law.ts';
import { draft } from './policies.ts';
import { inputOf } from './rendering.ts';

/** Requests for each policy. */
const requests = 6;

const asked = fc
  .record({ given: draft, from: fc.integer({ min: 0, max: 1 << 30 }) })
  .map(({ given, from }) => ({ ...given, from }));

holds('sound: whoever gets in from outside is covered by a grant', 7000, asked, (given) =>
  objection(uncovered(inputOf(given), given.from, requests)),
);

test('the laws are tried on every kind', () => {
  const drawn = new Set(fc.sample(draft, { numRuns: 400, seed: 1 }).map(({ kind }) => kind.id));
  expect([...drawn].sort()).toEqual(kinds.map(({ id }) => id).sort());
});
