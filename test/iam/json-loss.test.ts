import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lossOf } from '../../shared/iam/json-loss.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', ':', ' ', '\n'), maxLength: 4 });
const entries = fc.array(fc.tuple(text, fc.oneof(text, fc.boolean(), fc.array(text))), { maxLength: 4 });
const space = fc.constantFrom('', ' ', '\n');

const objectOf = (pairs: readonly (readonly [string, unknown])[], gap: string) =>
  `{${pairs.map(([key, value]) => `${JSON.stringify(key)}${gap}:${gap}${JSON.stringify(value)}`).join(',')}}`;

test('a key that stands twice is told, whatever quotes, backslashes and colons the texts hold', () => {
  fc.assert(
    fc.property(entries, entries, space, (outer, inner, gap) => {
      const within = objectOf(inner, gap);
      const written = objectOf([...outer, ['inner', within]], gap).replace(/}$/, `,"object":${within}}`);
      const names = [outer, inner].map((pairs) => pairs.map(([key]) => key));
      const isTwice = names.some((keys) => new Set(keys).size < keys.length);
      expect(typeof lossOf(written, JSON.parse(written)) === 'object').toBe(isTwice);
    }),
    { numRuns: 2_000 },
  );
});
