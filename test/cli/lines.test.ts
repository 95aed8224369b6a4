import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../../shared/cli/lines.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r', ' ', '\u2028', '\u2029', 'é', '🙂') });

test('only line feeds end lines, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (written, size) => {
      const bytes = Buffer.from(written);
      const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const lines: string[] = [];
      for await (const line of linesOf(Readable.from(cuts, { objectMode: false }))) lines.push(line);
      expect(lines.join('\n')).toBe(written);
      expect(lines).toHaveLength(written.split('\n').length);
    }),
  );
});
