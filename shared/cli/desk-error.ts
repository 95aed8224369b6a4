import { InputError, OperationError } from '../errors.ts';
import { visible } from '../report/visible.ts';

/** Messages of several mistakes have a line each; every line says whose it is. */
const lines = (message: string) =>
  message
    .split('\n')
    .map((line) => `trustwatch: ${visible(line)}\n`)
    .join('');

const fileFailures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; check the name',
  EACCES: 'access denied; check its permissions',
  EISDIR: 'a folder where a file should be; name a file',
  ENOTDIR: 'a file where a folder should be; name a folder',
  EEXIST: 'it is there already; name another',
  ENOSPC: 'the disk is full; make room',
};

/**
 * What standard error says of a failure: one line each mistake, no stack trace. A failure that has no name here
 * is a defect of trustwatch, and says so.
 */
export function failureText(error: unknown): string {
  if (error instanceof InputError || error instanceof OperationError) return lines(error.message);
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined && code !== undefined) return lines(`${path}: ${fileFailures[code] ?? code}`);
  // A folder opens, and what fails to be read of it names no file.
  if (code === 'EISDIR') return lines(fileFailures.EISDIR ?? code);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return lines(
    `unexpected failure (${text.split('\n')[0]}); please report it, with TRUSTWATCH_DEBUG=1 set for the details`,
  );
}
