import { InputError, OperationError } from '../errors.ts';
import { visible } from '../report/visible.ts';

/** Messages of several mistakes have a line each; every line says whose it is. */
const lines = (message: string) =>
  message
    .split('\n')
    .map((line) => `trustwatch: ${visible(line)}\n`)
    .join('');

/**
 * What standard error says of a failure: one line each mistake, no stack trace. A failure that has no name here
 * is a defect of trustwatch, and says so.
 */
export function failureText(error: unknown): string {
  if (error instanceof InputError || error instanceof OperationError) return lines(error.message);
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (path !== undefined && code !== undefined)
    return lines(`${path}: ${(message ?? code).replace(/, \w+ '.*'$/, '')}; name a file or folder that can be used`);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return lines(
    `unexpected failure (${text.split('\n')[0]}); please report it, with TRUSTWATCH_DEBUG=1 set for the details`,
  );
}
