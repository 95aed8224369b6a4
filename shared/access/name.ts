import ownWords from '../generated/own-words.json' with { type: 'json' };

/** What a character of a word is. */
const digit = 1;
const lower = 2;
const upper = 4;
const beyondHex = 8;
const hyphen = 16;
const underscore = 32;
const joint = hyphen | underscore;

function makeOf(character: string): number {
  if (/[0-9]/.test(character)) return digit;
  if (/[a-z]/.test(character)) return character > 'f' ? lower | beyondHex : lower;
  if (/[A-Z]/.test(character)) return character > 'F' ? upper | beyondHex : upper;
  if (character === '-') return hyphen;
  return character === '_' ? underscore : 0;
}

const makes = Uint8Array.from({ length: 128 }, (_, code) => makeOf(String.fromCharCode(code)));

const makeAt = (text: string, at: number): number => makes[text.charCodeAt(at)] ?? 0;

/** Letters, digits, hyphens and underscores: what words are made of. */
export const isOfWord = (text: string, at: number): boolean => makeAt(text, at) !== 0;

/** The words of a text, in lower case. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\w-]+/g) ?? [];

/** Whether two words are made alike: as long, of the same sorts of letters, parted at the same places. */
export function areMadeAlike(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  let made = 0;
  let otherMade = 0;
  for (let at = 0; at < word.length; at += 1) {
    const make = makeAt(word, at);
    const otherMake = makeAt(other, at);
    if (otherMake === 0 || (make & joint) !== (otherMake & joint)) return false;
    made |= make;
    otherMade |= otherMake;
  }
  return ((made ^ otherMade) & ~digit) === 0 && (makeAt(word, 0) === digit) === (makeAt(other, 0) === digit);
}

const own: ReadonlySet<string> = new Set(ownWords);

const accountId = /^[1-9]\d{11}$/;

/**
 * Ids that tell by their beginning what they are of, regions, and what the search makes up: accounts that nobody speaks
 * of, and for a run of wildcards a run of one sign.
 */
const telling =
  /^(?:A[A-Z0-9]{15,}|A(?:ROA|IDA|NPA|GPA|IPA|SIA|KIA|SCA)[A-Z0-9]+|[a-z]{2,4}(?:-[a-z]+)+-\d+|9274\d{8}|(.)\1*)$/;

/** What means something wherever it stands in a word: such words are looked for without regard to where they begin or end. */
const meaning =
  /^[or]-|_r-|ou-|vpce?-|x509|awssso_|awsservicerolefor|-provider|environment|workflow|workspace|scm_re|33e01921-/i;

/**
 * Whether a word can be a name that somebody chose or was given, which AWS does not look into: an account's id, or what
 * is no number, no date, no id that tells what it is of and no word that means something to the decision.
 */
export const isNameLike = (word: string): boolean =>
  !telling.test(word) &&
  (accountId.test(word) ||
    (word.length >= 6 &&
      /[A-Za-z]/.test(word) &&
      Number.isNaN(Number(word)) &&
      !meaning.test(word) &&
      !own.has(word.toLowerCase())));
