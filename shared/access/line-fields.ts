import { cut } from '../iam/cut.ts';
import { nearest } from '../iam/nearest.ts';

/** An object of a line of the check contract, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

/** Throws a TypeError for a key that is a slip of a known one: it would be passed over, and what it says with it. */
export function refuseSlips(value: Fields, known: readonly string[], place: string): void {
  for (const key of Object.keys(value)) {
    const meant = known.includes(key) ? undefined : nearest(key, known);
    if (meant !== undefined)
      throw new TypeError(
        `\`${place}\` has the unknown key ${JSON.stringify(cut(key, 80))}; did you mean \`${meant}\`?`,
      );
  }
}

/** A text that is not empty. Throws a TypeError that names the field. */
export function textField(line: Fields, name: string, place = name): string {
  const value = line[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`\`${place}\` must be a text`);
  return value;
}

/** A list of texts; none where there is none. Throws a TypeError that names the field. */
export function textList(value: unknown, name: string): readonly string[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw new TypeError(`\`${name}\` must be a list of texts`);
  }
  return value;
}
