/** Stands for a star or a question mark that a policy variable made literal (`${*}`, `${?}`, a variable's own value). */
export const literalStar = '\uE000';
export const literalQuestionMark = '\uE001';

const star = 42;
const questionMark = 63;

/** Whether the text holds a wildcard: `*` or `?`. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Where the first wildcard stands; -1 where there is none. */
export function wildcardAt(text: string): number {
  const one = text.indexOf('?');
  const run = text.indexOf('*');
  return one === -1 || (run !== -1 && run < one) ? run : one;
}

/** Whether one pattern character accepts one text character, a star aside. */
function accepts(pattern: number, text: number): boolean {
  if (pattern === text || pattern === questionMark) return true;
  return (pattern === 0xe000 && text === star) || (pattern === 0xe001 && text === questionMark);
}

/**
 * Whether a glob of `*` (any run of characters, `:` and `/` too) and `?` (any one) matches the whole text, letter
 * case kept. Linear in pattern times text at worst: only the last star is ever tried again.
 */
export function globMatches(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  const last = pattern.length - 1;
  // Most globs are a beginning and a star: compared at once.
  if (last >= 0 && pattern.indexOf('*') === last && text.startsWith(pattern.slice(0, last))) return true;
  return matches(pattern, text, accepts);
}

/** A wildcard of the text stands for itself here: only a star takes a star, and `?` takes any one but a star. */
function acceptsToken(pattern: number, text: number): boolean {
  if (text === star) return false;
  return pattern === questionMark || (text !== questionMark && pattern === text);
}

/**
 * Whether every text that the narrower glob matches is matched by the wider one. Where it cannot tell (`?*` within `*?`) it
 * says no: a yes is always right.
 */
export function globCovers(wider: string, narrower: string): boolean {
  return matches(wider, narrower, acceptsToken);
}

function matches(pattern: string, text: string, takes: (pattern: number, text: number) => boolean): boolean {
  if (pattern === '*') return true;
  let p = 0;
  let t = 0;
  let retryPattern = -1;
  let retryText = 0;
  while (t < text.length) {
    const code = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (code === star) {
      p += 1;
      retryPattern = p;
      retryText = t;
    } else if (code !== -1 && takes(code, text.charCodeAt(t))) {
      p += 1;
      t += 1;
    } else if (retryPattern !== -1) {
      retryText += 1;
      p = retryPattern;
      t = retryText;
    } else {
      return false;
    }
  }
  while (p < pattern.length && pattern.charCodeAt(p) === star) p += 1;
  return p === pattern.length;
}

/** A text that matches the pattern: every `*` becomes `run`, every `?` the first character of `run` (or `x`). */
export function sampleOf(pattern: string, run: string): string {
  const at = wildcardAt(pattern);
  if (at === -1) return unescapeGlob(pattern);
  if (at === pattern.length - 1 && pattern.charCodeAt(at) === star)
    return unescapeGlob(pattern.slice(0, at) + run);
  const one = run === '' ? 'x' : run.charAt(0);
  return unescapeGlob(pattern.replaceAll('?', one).replaceAll('*', run));
}

/** Turns the literal marks back into the characters that they stand for. */
export function unescapeGlob(text: string): string {
  if (!text.includes(literalStar) && !text.includes(literalQuestionMark)) return text;
  return text.replaceAll(literalStar, '*').replaceAll(literalQuestionMark, '?');
}

/** Makes the wildcards of a text literal. */
export function escapeGlob(text: string): string {
  return text.replaceAll('*', literalStar).replaceAll('?', literalQuestionMark);
}
