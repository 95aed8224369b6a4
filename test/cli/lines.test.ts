import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, withoutEmptyEnd } from '../../shared/cli/lines.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r', ' ', '\u2028', '\u2029', 'é', '🙂') });

test('only line feeds end lines, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (written, size) => {
      const bytes = Buffer.from(written);
      const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const lines: string[] = [];
      for await (const line of linesOf(Readable.from(cuts, { objectMode: false }), 1000)) lines.push(line);
      expect(lines.join('\n')).toBe(written);
      expect(lines).toHaveLength(written.split('\n').length);
    }),
  );
});

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test('a line that is longer than may be comes cut off, and the next one whole', async () => {
  const chunks = ['a'.repeat(6), 'b'.repeat(6), 'c'.repeat(6), '\nnext'];
  const [long = '', next] = await all(linesOf(Readable.from(chunks, { objectMode: false }), 10));
  expect(long.length).toBeGreaterThan(10);
  expect(long.length).toBeLessThan(18);
  expect(next).toBe('next');
});

test('empty lines count, but for those at the end', async () => {
  const lines = linesOf(Readable.from('\na\n\n\nb\n \n\n', { objectMode: false }), 10);
  expect(await all(withoutEmptyEnd(lines))).toEqual(['', 'a', '', '', 'b']);
});
