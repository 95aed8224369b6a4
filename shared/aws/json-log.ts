import type { Log } from '../app/ports.ts';

/** Writes one JSON object a line, for CloudWatch Logs' filters and queries. */
export function jsonLog(write: (line: string) => void): Log {
  const line = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    write(`${JSON.stringify({ level, message, ...fields })}\n`);
  return { info: line('info'), warn: line('warn') };
}
