import { isAccountId } from '../iam/arn.ts';
import { areMadeAlike, isNameLike, isOfWord, wordsOf } from './name.ts';

/** A text with places for names: numbers say which of them. */
export type Parts = readonly (string | number)[];

/** The text with these names in it. */
export function textOf(parts: Parts, names: readonly string[]): string {
  let text = '';
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] as string | number;
    text += typeof part === 'string' ? part : names[part];
  }
  return text;
}

/** Whether a text is that. */
function isMadeOf(text: string, parts: Parts, names: readonly string[]): boolean {
  let at = 0;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] as string | number;
    const wanted = typeof part === 'string' ? part : (names[part] as string);
    const end = at + wanted.length;
    if (text.slice(at, end) !== wanted) return false;
    at = end;
  }
  return at === text.length;
}

/** Tells words that mean something where the texts are read, in lower case. */
export type IsKnown = (word: string) => boolean;

/** What stands around the names of a text, in lower case. */
interface Surroundings {
  /** No name is one of these words. */
  readonly words: ReadonlySet<string>;
  /** Those next to a wildcard: a name that holds one might match where another does not. */
  readonly pieces: readonly string[];
}

/** What two texts of one length have in common that differ in names alone. */
export interface Template extends Surroundings {
  readonly parts: Parts;
  /** Where each name stands first. */
  readonly starts: readonly number[];
  /** The names of the text from which the template was taken. */
  readonly names: readonly string[];
}

/** Texts that differ in more, or speak of more globs, seldom have a third that is like them. */
const mostNames = 12;
const mostPlaces = 32;
const mostPieces = 32;

/** A word of a text. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordOf = ({ text, start, end }: Place) => text.slice(start, end);

function placeAround(text: string, at: number): Place {
  let start = at;
  while (start > 0 && isOfWord(text, start - 1)) start -= 1;
  let end = at;
  while (isOfWord(text, end)) end += 1;
  return { text, start, end };
}

/** The places where two texts have different words; undefined where they differ in more, or too often. */
function differences(one: string, other: string): readonly (readonly [Place, Place])[] | undefined {
  const found: (readonly [Place, Place])[] = [];
  for (let at = 0; at < one.length; at += 1) {
    if (one.charCodeAt(at) === other.charCodeAt(at)) continue;
    const place = placeAround(one, at);
    const twin = placeAround(other, at);
    if (place.end === at) return undefined;
    if (found.push([place, twin]) > mostPlaces) return undefined;
    at = place.end - 1;
  }
  return found;
}

/** What is compared by more than its letters, or tells by the first of them what it is of. */
const notByLetters = /numeric|date|binary|userid/i;

/** Names of providers and paths of roles that AWS gives out tell what they are of. */
const ofAws = /saml-provider|aws-service-role|aws-reserved/;

/** The account of an ARN, or a name in a path or at the end of it; the ARNs of S3 begin with that of the bucket. */
function isNameInArn(before: string, word: string, after: string): boolean {
  const parts = before.split(':');
  const [, , service] = parts;
  const part = parts.at(-1);
  if (parts.length === 5) return part === '' && isAccountId(word) && after.startsWith(':');
  if (parts.length < 6 || service === 'sts' || ofAws.test(before)) return false;
  return part === '' ? after === '' || (service === 's3' && parts.length === 6) : before.endsWith('/');
}

/** A host's name, behind which a provider's key has its path. */
const providerKey = /^[\w-]+(?:\.[\w-]+)+\/(?:.*\/)?$/;

/**
 * Whether a word is a name by where it stands in a string of JSON: in an ARN, in the path of a provider's key, an account
 * or an external id by itself, or in a value behind a slash or at its end. Elsewhere words may tell what something is.
 */
function isNamePlace({ text, start, end }: Place, byLetters: boolean): boolean {
  const opening = text.lastIndexOf('"', start);
  const closing = text.indexOf('"', end);
  const before = text.slice(opening + 1, start);
  const after = text.slice(end, closing);
  const word = text.slice(start, end);
  if (/[*?.]$/.test(before) || /^[*?.]/.test(after) || (before + after).includes('${')) return false;
  if (/^\s*:/.test(text.slice(closing + 1))) return providerKey.test(before);
  if (before.startsWith('arn:')) return isNameInArn(before, word, after);
  if (!byLetters) return false;
  if (before + after === '')
    return isAccountId(word) || /"sts:ExternalId"\s*:\s*\[?\s*$/i.test(text.slice(0, opening));
  return before.endsWith('/') || (after === '' && /:.*:$/.test(before));
}

/** Whether each of a text's places, from the first to the last, is in a string. */
function areInStrings(text: string, places: readonly Place[]): boolean {
  let isIn = false;
  let quote = text.indexOf('"');
  return places.every(({ start }) => {
    for (; quote !== -1 && quote < start; quote = text.indexOf('"', quote + 1)) isIn = !isIn;
    return isIn;
  });
}

function areNamePlaces(text: string, places: readonly Place[]): boolean {
  const byLetters = !notByLetters.test(text);
  return areInStrings(text, places) && places.every((place) => isNamePlace(place, byLetters));
}

/** What can be a part of a name and is written in another way, or what an object cannot hold as it holds others. */
const otherwise = /[^ -[\]-~\t\n\r]|%|__proto__/;

const isOneOf = (signs: string, sign: string | undefined) => sign !== undefined && signs.includes(sign);

/** The words next to a wildcard or a variable, in lower case. */
export function piecesOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  const pieces: string[] = [];
  for (const { 0: word, index } of lower.matchAll(/[\w-]+/g)) {
    if (isOneOf('*?}', lower[index - 1]) || isOneOf('*?$', lower[index + word.length])) pieces.push(word);
  }
  return pieces;
}

const isName = (word: string, isKnown: IsKnown) => isNameLike(word) && !isKnown(word.toLowerCase());

/** Whether it matters of the names only which of them are the same: none is among what stands around, or in another. */
function areApart(names: readonly string[], { words, pieces }: Surroundings): boolean {
  const lower = names.map((name) => name.toLowerCase());
  return lower.every(
    (name, i) =>
      !words.has(name) &&
      !pieces.some((piece) => name.includes(piece)) &&
      !lower.some((other, k) => k !== i && name.includes(other)),
  );
}

/** Each of the words once; undefined where two lists do not have the same ones at the same places. */
function paired(words: readonly string[], twins: readonly string[]): readonly number[] | undefined {
  const first = words.map((word) => words.indexOf(word));
  return twins.every((twin, i) => twins.indexOf(twin) === first[i]) ? [...new Set(first)] : undefined;
}

/**
 * What two texts of one length, each of JSON strings and texts, have in common; undefined where they differ in more than
 * names, or where names may mean something by themselves.
 */
export function templateOf(one: string, other: string, isKnown: IsKnown): Template | undefined {
  const pairs = differences(one, other);
  if (pairs === undefined || otherwise.test(one)) return undefined;
  const places = pairs.map(([place]) => place);
  const words = places.map(wordOf);
  const twins = pairs.map(([, twin]) => wordOf(twin));
  const firsts = paired(words, twins);
  if (firsts === undefined || firsts.length > mostNames || !areNamePlaces(one, places)) return undefined;
  if (![...words, ...twins].every((word) => isName(word, isKnown))) return undefined;
  const names = firsts.map((i) => words[i] as string);
  const parts: (string | number)[] = [];
  let done = 0;
  for (const { start, end } of places) {
    parts.push(one.slice(done, start), names.indexOf(one.slice(start, end)));
    done = end;
  }
  parts.push(one.slice(done));
  const around = parts.filter((part) => typeof part === 'string');
  const pieces = [...new Set(around.flatMap(piecesOf))];
  if (pieces.length > mostPieces) return undefined;
  const template: Template = {
    parts,
    starts: firsts.map((i) => (places[i] as Place).start),
    names,
    words: new Set(around.flatMap(wordsOf)),
    pieces,
  };
  return [one, other].every((text) => namesBy(template, text, isKnown)) ? template : undefined;
}

/** The names of a text that is made by a template; undefined where it is not, or where its names may mean more. */
export function namesBy(template: Template, text: string, isKnown: IsKnown): readonly string[] | undefined {
  const { parts, starts, names } = template;
  const found: string[] = [];
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const start = starts[i] as number;
    const word = text.slice(start, start + name.length);
    if (!areMadeAlike(name, word) || !isName(word, isKnown)) return undefined;
    found.push(word);
  }
  return isMadeOf(text, parts, found) && areApart(found, template) ? found : undefined;
}
