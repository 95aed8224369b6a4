import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { InputError } from '../errors.ts';

/** What the requests of a recording were made with: the same are needed to find their answers again. */
export interface RecordingSettings {
  readonly region: string;
  readonly roleName: string;
  readonly externalId?: string | undefined;
}

const shape = z.object({
  region: z.string(),
  roleName: z.string(),
  externalId: z.optional(z.string()),
});

const fileOf = (directory: string) => join(directory, 'settings.json');

/**
 * Begins a recording.
 * @throws InputError where one is already: of two answers to one request the older would be given
 */
export async function writeRecordingSettings(directory: string, settings: RecordingSettings): Promise<void> {
  if (existsSync(fileOf(directory)))
    throw new InputError(directory, 'there is a recording already', 'name a new folder');
  await mkdir(directory, { recursive: true });
  await writeFile(fileOf(directory), `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * The settings that a recording was made with.
 * @throws InputError where there is no such recording, or its settings are broken
 */
export function readRecordingSettings(directory: string): RecordingSettings {
  const file = fileOf(directory);
  if (!existsSync(file))
    throw new InputError(
      directory,
      'there is no such recording',
      'name a folder that `trustwatch audit --record` wrote',
    );
  const { data, error } = shape.safeParse(parse(readFileSync(file, 'utf8'), file));
  if (error !== undefined)
    throw new InputError(file, 'not the settings of a recording', 'record the organization again');
  return data;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, `not JSON (${(error as Error).message})`, 'record the organization again');
  }
}
