import { type Budget, spend } from './budget.ts';
import { type Pattern, type Token, takes } from './pattern.ts';

/** Whether some character is of both tokens. Every class holds the digits, so that two classes always meet. */
function tokensMeet(first: Token, second: Token): boolean {
  if (first.code < 0) return second.code < 0 || meetsClass(second, first);
  if (second.code < 0) return meetsClass(first, second);
  return takes(first, second.code) || (second.fold !== undefined && takes(first, second.fold));
}

const meetsClass = ({ code, fold }: Token, ofClass: Token): boolean =>
  takes(ofClass, code) || (fold !== undefined && takes(ofClass, fold));

/** The pairs of positions that follow a pair: a repeated token left out, or one character that both take. */
function following(
  first: Pattern,
  second: Pattern,
  i: number,
  j: number,
): readonly (readonly [number, number])[] {
  const [a, b] = [first[i], second[j]];
  const next: [number, number][] = [];
  if (a?.repeated === true) next.push([i + 1, j]);
  if (b?.repeated === true) next.push([i, j + 1]);
  if (a !== undefined && b !== undefined && tokensMeet(a, b))
    next.push([a.repeated ? i : i + 1, b.repeated ? j : j + 1]);
  return next;
}

/** Whether some text is held by both patterns: a walk over pairs of positions, from the start of both. */
function patternsMeet(first: Pattern, second: Pattern, budget: Budget): boolean {
  const width = second.length + 1;
  const seen = new Set<number>([0]);
  const pairs: (readonly [number, number])[] = [[0, 0]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [i, j] = pair;
    if (i === first.length && j === second.length) return true;
    for (const one of following(first, second, i, j)) {
      const name = one[0] * width + one[1];
      if (seen.has(name)) continue;
      seen.add(name);
      pairs.push(one);
    }
  }
  spend(budget, seen.size >> 2);
  return false;
}

/** Beyond so many pairs of patterns, sorting them out costs more than it spares. */
const maxPairs = 400;

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
    union.some((other) => patternsMeet(pattern, other, budget));
  let kept = wanted;
  for (const [i, union] of wanted.entries()) {
    const others = kept.filter((_, j) => j !== i);
    const left = union.filter((pattern) => others.every((other) => meetsSome(pattern, other)));
    kept = kept.map((one, j) => (j === i ? left : one));
  }
  return [...kept, unwanted.filter((pattern) => kept.every((union) => meetsSome(pattern, union)))];
}
