import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { DecisionInput } from '../../shared/access/decision.ts';

const folder = new URL('./found/', import.meta.url);

/** A question on which a law once failed. */
export interface Found {
  readonly law: string;
  readonly input: DecisionInput;
}

/** Keeps the shrunk question of a failed law, when asked to. */
export function keep(law: string, input: DecisionInput): void {
  if (process.env.LAWS_KEEP === undefined) return;
  const name = createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 12);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ law, input } satisfies Found, null, 2)}\n`,
  );
}

/** All that was found, by file name. */
export function found(): readonly (Found & { readonly file: string })[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Found) }));
}
