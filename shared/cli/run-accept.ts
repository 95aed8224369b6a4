import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { addExpectation, entryText } from '../config/add-expectation.ts';
import { loadTrust } from '../config/trust.ts';
import { InputError } from '../errors.ts';
import { covers } from '../findings/covers.ts';
import { narrowestExpectation } from '../findings/narrowest-expectation.ts';
import { visible } from '../report/visible.ts';
import type { AcceptOptions } from './accept.ts';
import { reportedGrant } from './reported-grants.ts';

/**
 * Writes the narrowest entry that covers a finding to trust.yml, and shows it. Nothing is written when the finding
 * is not known, is expected already, or the file would have a mistake.
 */
export async function runAccept(finding: string, given: AcceptOptions): Promise<void> {
  const { owner, reason, until, ticket, trust: file, out } = given;
  const reported = reportedGrant(out, finding);
  const now = new Date();
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const covering = loadTrust(text, file, now).expected.find((each) => covers(each, reported));
  if (covering !== undefined)
    throw new InputError(
      `finding \`${reported.id}\``,
      `${file} expects it already, by ${covering.owner} until ${covering.until}`,
      'change that entry',
    );
  const whose = { owner, reason, ...(ticket !== undefined && { ticket }), until };
  const entry = narrowestExpectation(reported, whose);
  const edited = addExpectation(text, entry);
  loadTrust(edited, file, now);
  await writeFile(file, edited);
  const lines = entryText(entry)
    .split('\n')
    .map((line) => visible(line));
  process.stdout.write(`${file} expects from now on: ${visible(reported.title, 300)}\n\n${lines.join('\n')}`);
}
