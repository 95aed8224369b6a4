/** An object of a line of the check contract, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

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
