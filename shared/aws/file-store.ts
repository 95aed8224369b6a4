import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Store } from '../app/ports.ts';
import { InputError } from '../errors.ts';
import type { SubjectRecord } from '../findings/record.ts';
import { memoryStore, type TellWrite } from './memory-store.ts';

/** The file's form. One record a line, so that two states of it can be compared as text. */
const storeSchema = 'trustwatch.store/1';

/** A store in one file. Changes are in memory until `save` has written them. */
export interface FileStore extends Store {
  /** Writes the file whole, or leaves the old one as it is. */
  save(): Promise<void>;
}

function isRecord(value: unknown): value is SubjectRecord {
  const { subject, lookedAt, findings } = (value ?? {}) as Record<string, unknown>;
  return typeof subject === 'object' && typeof lookedAt === 'string' && Array.isArray(findings);
}

function parseLine(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InputError(
      where,
      'not JSON',
      'put a good copy of the file back, or move it away to start anew',
    );
  }
}

function load(path: string): readonly SubjectRecord[] {
  if (!existsSync(path)) return [];
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const { schema } = (parseLine(head, `${path}:1`) ?? {}) as { schema?: unknown };
  if (schema !== storeSchema)
    throw new InputError(`${path}:1`, `not a store of the form \`${storeSchema}\``, 'name another file');
  return lines.map((line, index) => {
    const where = `${path}:${index + 2}`;
    const record = parseLine(line, where);
    if (!isRecord(record)) throw new InputError(where, 'not a record', 'take the line out');
    return record;
  });
}

/** The new content is on the disk before it takes the old one's name: a crash leaves one of the two, whole. */
async function replaceFile(path: string, content: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** Opens the store of a file; a file that is not there yet is an empty store. */
export function openFileStore(path: string, tell?: TellWrite): FileStore {
  const store = memoryStore(tell, load(path));
  return {
    ...store,
    async save() {
      const lines = [JSON.stringify({ schema: storeSchema })];
      for await (const record of store.all()) lines.push(JSON.stringify(record));
      await mkdir(dirname(path), { recursive: true });
      await replaceFile(path, `${lines.join('\n')}\n`);
    },
  };
}
