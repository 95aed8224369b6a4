import { cut } from './cut.ts';

/** How many keys all objects of a JSON value have together. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  for (const key in value) {
    count += 1;
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === 'object') count += countKeys(item);
  }
  return count;
}

/** Whether the quote at a place is one that a string holds: an odd number of backslashes stands before it. */
function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text.charCodeAt(first - 1) === 92) first -= 1;
  return (quote - first) % 2 === 1;
}

/** How often a colon follows a quote: once per key, and once more where a string begins with one. */
function countColonsAfterQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) <= 32) before -= 1;
    if (text.charCodeAt(before) === 34 && !isEscaped(text, before)) count += 1;
  }
  return count;
}

/**
 * How long the JSON text of a value is without spaces and escapes: no text of it is shorter, and one that repeats a key
 * is longer. NaN where a number is in it, which can be written in many ways.
 */
function shortestLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.NaN;
  if (typeof value !== 'object' || value === null) return String(value).length;
  let length = 1;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) length += 1 + lengthOf(value[i]);
  } else {
    for (const key in value) length += key.length + 4 + lengthOf((value as Record<string, unknown>)[key]);
  }
  return Math.max(2, length);
}

const lengthOf = (item: unknown) => (typeof item === 'string' ? item.length + 2 : shortestLength(item));

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** The first key that stands twice in one object, by reading the text token by token. */
function scan(text: string): { readonly key: string; readonly line: number } | undefined {
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const match of text.matchAll(token)) {
    const [word] = match;
    const keys = open.at(-1);
    if (word === '{') open.push(new Set());
    else if (word === '[') open.push(undefined);
    else if (word === '}' || word === ']') open.pop();
    else if (word === ':' && keys !== undefined) {
      const key: unknown = JSON.parse(last);
      if (typeof key === 'string' && keys.has(key)) {
        return { key: cut(key, 80), line: text.slice(0, match.index).split('\n').length };
      }
      keys.add(String(key));
    }
    last = word;
  }
  return undefined;
}

/** What JSON.parse passes over in silence: a key that stands twice in one object; or how a number is written. */
export type Loss = { readonly key: string; readonly line: number } | 'numbers' | undefined;

/**
 * What may be lost of a JSON text: the first key that stands twice; if none does, whether there are numbers.
 * @param value what JSON.parse made of the text: its size and the count of its keys answer nearly always
 */
export function lossOf(text: string, value: unknown): Loss {
  const shortest = shortestLength(value);
  if (shortest === text.length) return undefined;
  const duplicate = countColonsAfterQuotes(text) === countKeys(value) ? undefined : scan(text);
  return duplicate ?? (Number.isNaN(shortest) ? 'numbers' : undefined);
}

const numberToken = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/**
 * The JSON text with those numbers as texts that JavaScript writes in another way: `10.0`, or twenty digits. To
 * IAM a number in a policy is its text.
 */
export const withNumbersAsWritten = (text: string): string =>
  text.replaceAll(numberToken, (word) =>
    word.startsWith('"') || String(Number(word)) === word ? word : `"${word}"`,
  );
