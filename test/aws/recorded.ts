import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Exchange, type Recording, replay } from '../../shared/aws/recording.ts';

/** A recording of these exchanges, by the account that speaks; `caller` is whoever has the credentials. */
export function recorded(exchanges: Readonly<Record<string, readonly Exchange[]>>): Recording {
  const directory = mkdtempSync(join(tmpdir(), 'recorded-'));
  for (const [account, lines] of Object.entries(exchanges))
    writeFileSync(
      join(directory, `${account}.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  return replay([directory]);
}

/** Credentials that nobody looks at. */
export const credentials = async () => ({ accessKeyId: 'x', secretAccessKey: 'x' });
