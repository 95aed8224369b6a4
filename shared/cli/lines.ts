import type { Readable } from 'node:stream';

/**
 * The lines of a stream of UTF-8, without their ends. Only a line feed ends a line, as in https://jsonlines.org: Node's
 * own readline splits at U+2028 too, which a JSON text may hold.
 * @param most characters of a line that are kept, so that a line without an end does not fill the memory; a longer one
 *   comes cut off, and yet longer than that
 */
export async function* linesOf(input: Readable, most: number): AsyncGenerator<string> {
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of input.setEncoding('utf8')) {
    const [end = '', ...others] = String(chunk).split('\n');
    if (length <= most) pieces.push(end);
    length += end.length;
    for (const other of others) {
      yield pieces.join('');
      pieces = [other];
      length = other.length;
    }
  }
  yield pieces.join('');
}

/** The lines without the empty ones behind the last that says something. */
export async function* withoutEmptyEnd(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let empty = 0;
  for await (const line of lines) {
    if (line.trim() === '') {
      empty += 1;
      continue;
    }
    for (; empty > 0; empty -= 1) yield '';
    yield line;
  }
}
