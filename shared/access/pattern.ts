import { gather } from '../iam/gather.ts';
/**
 * Sets of texts as sequences of tokens: a character, a class of characters, either of them any number of times.
 * Globs, ARN patterns and the shapes of account ids and ARNs all become such sequences, so that one search finds a
 * text in the one and outside the other.
 */
export interface Token {
  /** A character code, or a class below. */
  readonly code: number;
  readonly repeated: boolean;
  /** The same letter in the other case, where case does not count. */
  readonly fold?: number;
}

export type Pattern = readonly Token[];

const anything = -1;
const noColon = -2;
const digit = -3;
const lowerOrDigit = -4;
/**
 * From `!` to DEL, wildcards too: what paths are made of.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const printable = -5;
/** What the names of roles, users and sessions are made of. */
const nameCharacter = -6;
/** What the ids of organizational units are made of. */
const unitCharacter = -7;
/** The printable of every language, and spaces, no wildcard: what the names of resources are made of. */
const writable = -8;
/** The same without colons. */
const writablePart = -9;
/** What the types of resources are called by: `log-group`. */
const typeCharacter = -10;
/** What the names of SAML providers are made of. */
const providerName = -11;
/** The same with slashes: what the paths of issuers are made of. */
const urlPath = -12;
/** What external ids are made of. */
const externalCharacter = -13;
/** The writable without the dollar sign: what tags are made of. */
const tagCharacter = -14;
/** All but wildcards: what claims are made of. */
const noWildcard = -15;

export const classes = {
  anything,
  noColon,
  digit,
  lowerOrDigit,
  printable,
  nameCharacter,
  unitCharacter,
  writable,
  writablePart,
  typeCharacter,
  providerName,
  urlPath,
  externalCharacter,
  tagCharacter,
  noWildcard,
} as const;

const star = 42;
const questionMark = 63;
const colon = 58;
const dollar = 36;

const isDigit = (character: number) => character >= 48 && character <= 57;
const isLower = (character: number) => character >= 97 && character <= 122;
const isUpper = (character: number) => character >= 65 && character <= 90;
const inNames: ReadonlySet<number> = new Set([...'+=,.@-_'].map((one) => one.charCodeAt(0)));
const isWild = (character: number) => character === star || character === questionMark;

const isPrintable = (character: number) => character > 32 && character < 128;
const inProviderNames: ReadonlySet<number> = new Set([...'.-_'].map((one) => one.charCodeAt(0)));
const isProviderName = (character: number) =>
  isDigit(character) || isLower(character) || isUpper(character) || inProviderNames.has(character);
const isWritable = (character: number) =>
  (character > 31 && character < 127 && !isWild(character)) || character > 159;

const isOfName = (character: number) =>
  isDigit(character) || isLower(character) || isUpper(character) || inNames.has(character);

const members = new Map<number, (character: number) => boolean>([
  [anything, () => true],
  [noColon, (character) => character !== colon],
  [digit, isDigit],
  [lowerOrDigit, (character) => isDigit(character) || isLower(character)],
  [unitCharacter, (character) => isDigit(character) || isLower(character) || character === 45],
  [nameCharacter, isOfName],
  [externalCharacter, (character) => isOfName(character) || character === colon || character === 47],
  [printable, isPrintable],
  [tagCharacter, (character) => isWritable(character) && character !== dollar],
  [noWildcard, (character) => !isWild(character)],
  [writable, isWritable],
  [writablePart, (character) => isWritable(character) && character !== colon],
  [typeCharacter, (character) => isLower(character) || character === 45],
  [providerName, isProviderName],
  [urlPath, (character) => isProviderName(character) || character === 47],
]);

/** Whether a token takes the character. */
export function takes({ code, fold }: Token, character: number): boolean {
  if (code >= 0) return code === character || fold === character;
  return members.get(code)?.(character) === true;
}

/** The very text. */
export function textPattern(text: string): Pattern {
  return gather(text, (one) => {
    const code = one.codePointAt(0) ?? 0;
    return code > 0xffff
      ? [one.charCodeAt(0), one.charCodeAt(1)].map((half) => ({ code: half, repeated: false }))
      : [{ code: code === 0xe000 ? star : code === 0xe001 ? questionMark : code, repeated: false }];
  });
}

/** The text in any letter case. */
export function caselessPattern(text: string): Pattern {
  return textPattern(text.toLowerCase()).map((token) => {
    const upper = String.fromCharCode(token.code).toUpperCase();
    return upper.length === 1 ? { ...token, fold: upper.charCodeAt(0) } : token;
  });
}

/** A glob; its wildcards take characters of the class. */
export function globPattern(glob: string, wild: number = anything): Pattern {
  const tokens: Token[] = [];
  for (let i = 0; i < glob.length; i += 1) {
    const code = glob.charCodeAt(i);
    if (code === star) tokens.push({ code: wild, repeated: true });
    else if (code === questionMark) tokens.push({ code: wild, repeated: false });
    else
      tokens.push({ code: code === 0xe000 ? star : code === 0xe001 ? questionMark : code, repeated: false });
  }
  return tokens;
}

/** An ARN pattern: wildcards of the first five segments stop at colons. Undefined when it has not six segments. */
export function arnPattern(text: string): Pattern | undefined {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  const head = parts.slice(0, 5).join(':');
  return [...globPattern(`${head}:`, noColon), ...globPattern(parts.slice(5).join(':'))];
}

/** A shape: the text with classes of characters where it says so. */
export function shape(...parts: readonly (string | Token)[]): Pattern {
  return gather(parts, (part) => (typeof part === 'string' ? textPattern(part) : [part]));
}

/** So many characters of a class. */
export function times(code: number, count: number): Pattern {
  return Array.from({ length: count }, () => ({ code, repeated: false }));
}

/** Any number of characters of a class. */
export const many = (code: number): Token => ({ code, repeated: true });
/** One character of a class. */
export const one = (code: number): Token => ({ code, repeated: false });

/** Positions reached in one pattern. */
export type Positions = readonly number[];

/** The positions with those behind them: a repeated token may be left at once. */
export function withSkips(pattern: Pattern, positions: Positions): Positions {
  const reached = new Set<number>();
  for (const start of positions) {
    for (let at = start; !reached.has(at); at += 1) {
      reached.add(at);
      if (pattern[at]?.repeated !== true) break;
    }
  }
  return [...reached].sort((a, b) => a - b);
}
