import { gather } from '../iam/gather.ts';
import { type Budget, spend } from './budget.ts';
import { type Pattern, type Token, takes } from './pattern.ts';
import { covers } from './pattern-cover.ts';

/** A letter and a digit: every class holds one of them, and all classes the digit. */
const usual = ['x', '7'].map((one) => one.charCodeAt(0));

/** A character that all tokens take; undefined when there is none. */
function commonOf(tokens: readonly Token[]): number | undefined {
  const single = tokens.find(({ code }) => code >= 0);
  const tried = single === undefined ? usual : [single.code, single.fold ?? single.code];
  return tried.find((character) => tokens.every((token) => takes(token, character)));
}

/** A position in each pattern, and how the walk came there. */
interface Place {
  readonly at: readonly number[];
  readonly from: Place | undefined;
  /** Undefined where a repeated token was left. */
  readonly character: number | undefined;
}

/** The places that follow: one repeated token left, or one character that all patterns take. */
function following(patterns: readonly Pattern[], place: Place): readonly Place[] {
  const { at } = place;
  const tokens = gather(at, (position, i) => patterns[i]?.[position]);
  const left = gather(at, (position, i) => {
    const isRepeated = patterns[i]?.[position]?.repeated === true;
    return isRepeated ? [{ at: at.with(i, position + 1), from: place, character: undefined }] : [];
  });
  const character = tokens.length === at.length ? commonOf(tokens) : undefined;
  if (character === undefined) return left;
  const on = at.map((position, i) => (tokens[i]?.repeated === true ? position : position + 1));
  return [...left, { at: on, from: place, character }];
}

function spell(place: Place): string {
  const codes: number[] = [];
  for (let one: Place | undefined = place; one !== undefined; one = one.from)
    if (one.character !== undefined) codes.push(one.character);
  return String.fromCharCode(...codes.reverse());
}

/** A text that all the patterns hold, by a walk over their positions side by side; undefined when there is none. */
export function meetingText(patterns: readonly Pattern[], budget: Budget): string | undefined {
  const nameOf = (at: readonly number[]) =>
    at.reduce((name, position, i) => name * ((patterns[i]?.length ?? 0) + 1) + position, 0);
  const start: Place = { at: patterns.map(() => 0), from: undefined, character: undefined };
  const seen = new Set<number>([nameOf(start.at)]);
  const places = [start];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (place.at.every((position, i) => position === patterns[i]?.length)) return spell(place);
    if (!spend(budget, patterns.length)) return undefined;
    for (const one of following(patterns, place)) {
      const name = nameOf(one.at);
      if (seen.has(name)) continue;
      seen.add(name);
      places.push(one);
    }
  }
  return undefined;
}

/** Beyond so many pairs of positions, these are remembered one by one. */
const maxTable = 2 ** 18;

/** The pairs of positions that follow one, as numbers: of two repeated tokens left, and a character that both take. */
function addFollowing(places: number[], place: number, one: Pattern, other: Pattern): void {
  const width = other.length + 1;
  const mine = one[Math.floor(place / width)];
  const its = other[place % width];
  if (mine?.repeated === true) places.push(place + width);
  if (its?.repeated === true) places.push(place + 1);
  if (mine !== undefined && its !== undefined && commonOf([mine, its]) !== undefined)
    places.push(place + (mine.repeated ? 0 : width) + (its.repeated ? 0 : 1));
}

/** Whether two patterns hold a text in common. */
function doMeet(one: Pattern, other: Pattern, budget: Budget): boolean {
  const size = (one.length + 1) * (other.length + 1);
  if (size > maxTable) return meetingText([one, other], budget) !== undefined;
  const seen = new Uint8Array(size);
  const places = [0];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (place === size - 1) return true;
    if (seen[place] === 1) continue;
    seen[place] = 1;
    if (!spend(budget, 1)) return false;
    addFollowing(places, place, one, other);
  }
  return false;
}

/** Beyond so many pairs of patterns, sorting them out costs more than it spares. */
const maxPairs = 900;

/**
 * The unions, wanted ones and then the unwanted, without the patterns that no text of the others can be in: what is
 * left to search is small, and an empty union says that there is no such text.
 */
export function onlyMeeting(
  wanted: readonly (readonly Pattern[])[],
  unwanted: readonly Pattern[],
  budget: Budget,
): readonly (readonly Pattern[])[] {
  const count = wanted.reduce((sum, { length }) => sum + length, 0);
  if (count * (count + unwanted.length) > maxPairs) return [...wanted, unwanted];
  const meetsSome = (pattern: Pattern, union: readonly Pattern[]) =>
    union.some((other) => doMeet(pattern, other, budget));
  let kept = wanted.map((union) =>
    union.filter((pattern) => !unwanted.some((other) => covers(other, pattern))),
  );
  for (const [i, union] of kept.entries()) {
    const others = kept.filter((_, j) => j !== i);
    const left = union.filter((pattern) => others.every((other) => meetsSome(pattern, other)));
    kept = kept.map((one, j) => (j === i ? left : one));
  }
  return [...kept, unwanted.filter((pattern) => kept.every((union) => meetsSome(pattern, union)))];
}

/** Beyond so many ways to take one pattern of each union, they are not tried one by one. */
const maxChoices = 24;
/** Places have numbers for names; these must be exact. */
const maxPlaces = 2 ** 50;

const longest = (union: readonly Pattern[]) => Math.max(0, ...union.map(({ length }) => length));

/** All ways to take one pattern of each union; undefined when they are too many. */
export function choicesOf(
  unions: readonly (readonly Pattern[])[],
): readonly (readonly Pattern[])[] | undefined {
  const count = unions.reduce((product, { length }) => product * length, 1);
  const places = unions.reduce((product, union) => product * (longest(union) + 1), 1);
  if (count > maxChoices || places > maxPlaces) return undefined;
  return unions.reduce<readonly (readonly Pattern[])[]>(
    (choices, union) => gather(choices, (choice) => union.map((pattern) => [...choice, pattern])),
    [[]],
  );
}
