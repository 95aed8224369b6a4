import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { InputError } from '../errors.ts';
import { linesOf, withoutEmptyEnd } from './lines.ts';

/** What JSON leaves as it is, and readers that go by Unicode take for the end of a line. */
const lineBreak = /[\u0085\u2028\u2029]/g;
const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A file, or standard input. */
async function inputOf(file: string | undefined): Promise<Readable> {
  if (file === undefined && process.stdin.isTTY)
    throw new InputError('standard input', 'nothing to read', 'name a file or pipe one in');
  return file === undefined ? process.stdin : createReadStream('', { fd: await open(file) });
}

/**
 * `trustwatch check --jsonl [FILE]`: the check contract. A line that cannot be judged is answered with `error`,
 * the others go on, and the exit code is 2 at the end.
 */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('judge policies: one JSON object a line in, one a line out, in order')
    .requiredOption('--jsonl [file]', 'read lines of JSON from the file, or from standard input')
    .action(async ({ jsonl }: { jsonl: string | true }) => {
      const { checkLine, maxLineLength } = await import('../access/check.ts');
      const lines = linesOf(await inputOf(jsonl === true ? undefined : jsonl), maxLineLength);
      const answers = async function* () {
        let number = 0;
        for await (const batch of withoutEmptyEnd(lines)) {
          let told = '';
          for (const line of batch) {
            number += 1;
            const { output, failed } = checkLine(line.text, number, line.isUtf8);
            if (failed) process.exitCode = 2;
            told += `${JSON.stringify(output).replaceAll(lineBreak, escaped)}\n`;
          }
          yield told;
        }
      };
      await pipeline(Readable.from(answers()), process.stdout, { end: false });
    });
}
