import { type Budget, spend } from './budget.ts';
import { type Pattern, takes } from './pattern.ts';

/** A text in every wanted union and in no unwanted pattern; `none` when there is none; `unknown` beyond the bounds. */
export type Word =
  | { readonly state: 'found'; readonly text: string }
  | { readonly state: 'none' | 'unknown' };

const maxTokens = 6_000;
const maxStates = 3_000;
/** Unused characters that stand for all others of their class. */
const spares = [
  'xyzwvutsrqponmlkjihgfedcba',
  '7890123456',
  'QWERTYUIOPASDFGHJKLZXCVBNM',
  '_~!#',
  ':',
  '/',
  '-',
];

/** Positions reached in one pattern; a repeated token may be left at once. */
type Positions = readonly number[];
/** Positions in each pattern of each union. */
type State = readonly (readonly Positions[])[];

function withSkips(pattern: Pattern, positions: Positions): Positions {
  const reached = new Set<number>();
  for (const start of positions) {
    for (let at = start; !reached.has(at); at += 1) {
      reached.add(at);
      if (pattern[at]?.repeated !== true) break;
    }
  }
  return [...reached].sort((a, b) => a - b);
}

function advance(pattern: Pattern, positions: Positions, character: number): Positions {
  if (positions.length === 0) return positions;
  const next: number[] = [];
  for (const at of positions) {
    const token = pattern[at];
    if (token !== undefined && takes(token, character)) next.push(token.repeated ? at : at + 1);
  }
  return next.length === 0 ? next : withSkips(pattern, next);
}

/** Whether the pattern holds the whole text. */
export function holds(pattern: Pattern, text: string): boolean {
  let positions = withSkips(pattern, [0]);
  for (let i = 0; i < text.length && positions.length > 0; i += 1) {
    positions = advance(pattern, positions, text.charCodeAt(i));
  }
  return positions.includes(pattern.length);
}

function alphabetOf(patterns: readonly Pattern[]): readonly number[] {
  const used = new Set<number>();
  for (const { code, fold } of patterns.flat()) {
    if (code >= 0) used.add(code);
    if (fold !== undefined) used.add(fold);
  }
  const fresh = spares.flatMap((group) => {
    const spare = [...group].find((character) => !used.has(character.charCodeAt(0)));
    return spare === undefined ? [] : [spare.charCodeAt(0)];
  });
  return [...fresh, ...used];
}

interface Node {
  readonly state: State;
  readonly from: Node | undefined;
  readonly character: number;
}

function spell(node: Node): string {
  const codes: number[] = [];
  for (let at = node; at.from !== undefined; at = at.from) codes.push(at.character);
  return String.fromCharCode(...codes.reverse());
}

/** The unions to be in and, last, the one to stay out of. */
interface Product {
  readonly unions: readonly (readonly Pattern[])[];
  readonly alphabet: readonly number[];
}

function accepts({ unions }: Product, state: State): boolean {
  const unwanted = unions.length - 1;
  return unions.every((union, i) => {
    const over = union.some((pattern, j) => state[i]?.[j]?.includes(pattern.length) === true);
    return over !== (i === unwanted);
  });
}

/** The characters that a union can go on with, when it can only go on with single characters. */
function onlyNext(union: readonly Pattern[], positions: readonly Positions[]): Set<number> | undefined {
  const next = new Set<number>();
  for (const [j, pattern] of union.entries()) {
    for (const at of positions[j] ?? []) {
      const token = pattern[at];
      if (token === undefined) continue;
      if (token.code < 0) return undefined;
      next.add(token.code);
      if (token.fold !== undefined) next.add(token.fold);
    }
  }
  return next;
}

function nextCharacters({ unions, alphabet }: Product, state: State): Iterable<number> {
  for (let i = 0; i < unions.length - 1; i += 1) {
    const few = onlyNext(unions[i] ?? [], state[i] ?? []);
    if (few !== undefined) return few;
  }
  return alphabet;
}

/** The state after one more character; undefined when some wanted union is out of reach. */
function step({ unions }: Product, state: State, character: number): State | undefined {
  const next: (readonly Positions[])[] = [];
  for (const [i, union] of unions.entries()) {
    const positions = union.map((pattern, j) => advance(pattern, state[i]?.[j] ?? [], character));
    if (i < unions.length - 1 && positions.every((one) => one.length === 0)) return undefined;
    next.push(positions);
  }
  return next;
}

/** How many positions a step has to look at. */
function weightOf(state: State): number {
  let weight = 0;
  for (const union of state) for (const positions of union) weight += 1 + 2 * positions.length;
  return weight;
}

const nameOf = (state: State) => state.map((union) => union.map((one) => one.join()).join(';')).join('|');

/**
 * The shortest text that every one of `wanted` holds (each a union of patterns) and none of `unwanted` does: a search
 * over the product of the patterns' automata, shortest texts first, bounded.
 */
export function findWord(
  wanted: readonly (readonly Pattern[])[],
  unwanted: readonly Pattern[],
  budget: Budget,
): Word {
  const patterns = [...wanted.flat(), ...unwanted];
  if (patterns.reduce((sum, pattern) => sum + pattern.length, 0) > maxTokens) return { state: 'unknown' };
  if (!spend(budget, patterns.length)) return { state: 'unknown' };
  const product: Product = { unions: [...wanted, unwanted], alphabet: alphabetOf(patterns) };
  const start = product.unions.map((union) => union.map((pattern) => withSkips(pattern, [0])));
  const seen = new Set<string>();
  const queue: Node[] = [{ state: start, from: undefined, character: 0 }];
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i];
    if (node === undefined) break;
    if (accepts(product, node.state)) return { state: 'found', text: spell(node) };
    if (queue.length > maxStates) return { state: 'unknown' };
    for (const character of nextCharacters(product, node.state)) {
      if (!spend(budget, 2 + weightOf(node.state))) return { state: 'unknown' };
      const state = step(product, node.state, character);
      if (state === undefined) continue;
      const name = nameOf(state);
      if (seen.has(name)) continue;
      seen.add(name);
      queue.push({ state, from: node, character });
    }
  }
  return { state: 'none' };
}
