import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, linesOf, withoutEmptyEnd } from '../../shared/cli/lines.ts';

async function allOf(batches: AsyncIterable<readonly Line[]>): Promise<readonly Line[]> {
  const found: Line[] = [];
  for await (const lines of batches) found.push(...lines);
  return found;
}

const textsOf = async (batches: AsyncIterable<readonly Line[]>) =>
  (await allOf(batches)).map(({ text }) => text);

const text = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r', ' ', '\u2028', '\u2029', 'é', '🙂') });

test('only line feeds end lines, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (written, size) => {
      const bytes = Buffer.from(written);
      const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const lines = await textsOf(linesOf(Readable.from(cuts, { objectMode: false }), 1000));
      expect(lines.join('\n')).toBe(written);
      expect(lines).toHaveLength(written.split('\n').length);
    }),
  );
});

test('a line that is longer than may be comes cut off, and the next one whole', async () => {
  const chunks = ['a'.repeat(24), 'b'.repeat(24), 'c'.repeat(24), '\nnext'];
  const [long = '', next] = await textsOf(linesOf(Readable.from(chunks, { objectMode: false }), 10));
  expect(long.length).toBeGreaterThan(10);
  expect(long.length).toBeLessThan(72);
  expect(next).toBe('next');
});

test('a line whose bytes are no UTF-8 is told from one that holds the mark for it', async () => {
  const bytes = Buffer.concat([Buffer.from('a\xffb\n', 'latin1'), Buffer.from('\uFFFD\né')]);
  const cuts = [...bytes].map((byte) => Buffer.from([byte]));
  expect(await allOf(linesOf(Readable.from(cuts, { objectMode: false }), 10))).toEqual([
    { text: 'a\uFFFDb', isUtf8: false },
    { text: '\uFFFD', isUtf8: true },
    { text: 'é', isUtf8: true },
  ]);
});

test('empty lines count, but for those at the end', async () => {
  const lines = linesOf(Readable.from('\na\n\n\nb\n \n\n', { objectMode: false }), 10);
  expect(await textsOf(withoutEmptyEnd(lines))).toEqual(['', 'a', '', '', 'b']);
});

test('many empty lines come a few at once', async () => {
  const written = `${'\n'.repeat(2_500)}a`;
  const batches: (readonly Line[])[] = [];
  for await (const batch of withoutEmptyEnd(linesOf(Readable.from(written, { objectMode: false }), 10)))
    batches.push(batch);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
  expect(batches.flat()).toHaveLength(2_501);
});
