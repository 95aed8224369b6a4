import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';

/** A line without its end. */
export interface Line {
  readonly text: string;
  /** Whether its bytes are UTF-8. In the text U+FFFD stands for what is not. */
  readonly isUtf8: boolean;
}

/** No character takes more in UTF-8. */
const bytesOfCharacter = 4;

function lineOf(pieces: readonly Buffer[], isWhole: boolean): Line {
  const [first, ...others] = pieces;
  const bytes = first !== undefined && others.length === 0 ? first : Buffer.concat(pieces);
  return { text: bytes.toString('utf8'), isUtf8: !isWhole || isUtf8(bytes) };
}

/**
 * The lines of a stream of bytes, those of a chunk together. Only a line feed ends a line, as in https://jsonlines.org:
 * Node's own readline splits at U+2028 too, which a JSON text may hold.
 * @param most characters of a line that are kept, so that a line without an end does not fill the memory; a longer one
 *   comes cut off, and yet longer than that
 */
export async function* linesOf(input: Readable, most: number): AsyncGenerator<readonly Line[]> {
  const mostBytes = most * bytesOfCharacter;
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    const lines: Line[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      if (length <= mostBytes) pieces.push(bytes.subarray(from, end));
      lines.push(lineOf(pieces, length <= mostBytes));
      pieces = [];
      length = 0;
      from = end + 1;
    }
    if (length <= mostBytes) pieces.push(bytes.subarray(from));
    length += bytes.length - from;
    if (lines.length > 0) yield lines;
  }
  yield [lineOf(pieces, length <= mostBytes)];
}

const emptyLine: Line = { text: '', isUtf8: true };
const mostAtOnce = 1_000;

/** The lines without the empty ones behind the last that says something. */
export async function* withoutEmptyEnd(
  batches: AsyncIterable<readonly Line[]>,
): AsyncGenerator<readonly Line[]> {
  let empty = 0;
  for await (const lines of batches) {
    let told: Line[] = [];
    for (const line of lines) {
      if (line.text.trim() === '') {
        empty += 1;
        continue;
      }
      for (; empty > 0; empty -= 1)
        if (told.push(emptyLine) === mostAtOnce) {
          yield told;
          told = [];
        }
      told.push(line);
    }
    yield told;
  }
}
