import type { Readable } from 'node:stream';

/**
 * The lines of a stream of UTF-8, without their ends. Only a line feed ends a line, as in https://jsonlines.org: Node's
 * own readline splits at U+2028 too, which a JSON text may hold.
 */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const chunk of input.setEncoding('utf8')) {
    const [end = '', ...others] = String(chunk).split('\n');
    pieces.push(end);
    for (const other of others) {
      yield pieces.join('');
      pieces = [other];
    }
  }
  yield pieces.join('');
}
