import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 over JSON, as hex: two different values have two different digests. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
