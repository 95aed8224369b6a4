import { type Context, oneValue } from './request.ts';

/** A character of a pattern. A wildcard is one that the policy writes plainly, not one out of a variable. */
interface Sign {
  readonly character: string;
  readonly wildcard: boolean;
}

export type Pattern = readonly Sign[];

const literal = (text: string): Pattern => Array.from(text, (character) => ({ character, wildcard: false }));

/** A value with its `*` and `?` as wildcards and nothing else special. */
export const plainPattern = (text: string): Pattern =>
  Array.from(text, (character) => ({ character, wildcard: character === '*' || character === '?' }));

/** The text of a pattern, for the operators to which a star is a star. */
export const textOf = (pattern: Pattern): string => pattern.map(({ character }) => character).join('');

/**
 * What one `${...}` stands for: `${*}`, `${?}` and `${$}` the character itself; `${key}` the key's value;
 * `${key, 'default'}` the default where the key is absent. Undefined: nothing to put in. Only keys with one
 * value can be variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function variable(inside: string, context: Context): string | undefined {
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const [, key = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(inside) ?? [];
  return oneValue(context, key) ?? fallback;
}

/**
 * A value of a policy with its variables put in; undefined when one has no value. AWS does not say whether a
 * star that comes out of a variable is a wildcard; here it is a plain character, as for every other value that
 * a caller brings.
 */
export function patternOf(value: string, context: Context, hasVariables: boolean): Pattern | undefined {
  if (!hasVariables) return plainPattern(value);
  const signs: Sign[] = [];
  for (const part of value.split(/(\$\{[^}]*\})/s)) {
    const inside = /^\$\{([^}]*)\}$/s.exec(part)?.[1];
    const replaced = inside === undefined ? undefined : variable(inside, context);
    if (inside !== undefined && replaced === undefined) return undefined;
    signs.push(...(replaced === undefined ? plainPattern(part) : literal(replaced)));
  }
  return signs;
}

/**
 * Whether the pattern matches all of the text: `*` any characters or none, `?` exactly one. Case matters.
 * `reaches` tells whether the wildcard at a place of the pattern may stand for a character; it may for all
 * unless said otherwise.
 */
export function matches(
  pattern: Pattern,
  text: string,
  reaches: (place: number, character: string) => boolean = () => true,
): boolean {
  // reached[j]: the pattern so far matches the first j characters.
  const characters = Array.from(text);
  let reached = [true, ...characters.map(() => false)];
  pattern.forEach(({ character, wildcard }, place) => {
    const next = reached.map(() => false);
    if (wildcard && character === '*') next[0] = reached[0] === true;
    characters.forEach((read, j) => {
      const covered = wildcard ? reaches(place, read) : character === read;
      const before = reached[j] === true;
      if (wildcard && character === '*')
        next[j + 1] = reached[j + 1] === true || ((next[j] === true || before) && covered);
      else next[j + 1] = before && covered;
    });
    reached = next;
  });
  return reached.at(-1) === true;
}
