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

/** Positions reached in each alternative; a repeated token may be left at once. */
type State = readonly (readonly number[])[];

function withSkips(pattern: Pattern, positions: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (const start of positions) {
    for (let at = start; !reached.has(at); at += 1) {
      reached.add(at);
      if (pattern[at]?.repeated !== true) break;
    }
  }
  return [...reached].sort((a, b) => a - b);
}

function advance(pattern: Pattern, positions: readonly number[], character: number): readonly number[] {
  const next: number[] = [];
  for (const at of positions) {
    const token = pattern[at];
    if (token !== undefined && takes(token, character)) next.push(token.repeated ? at : at + 1);
  }
  return withSkips(pattern, next);
}

const isOver = (pattern: Pattern, positions: readonly number[]) => positions.includes(pattern.length);
const isDead = (state: State) => state.every((positions) => positions.length === 0);

function alphabetOf(patterns: readonly Pattern[]): readonly number[] {
  const used = new Set<number>();
  for (const pattern of patterns) {
    for (const { code, fold } of pattern) {
      if (code >= 0) used.add(code);
      if (fold !== undefined) used.add(fold);
    }
  }
  const fresh: number[] = [];
  for (const group of spares) {
    const spare = [...group].find((character) => !used.has(character.charCodeAt(0)));
    if (spare !== undefined) fresh.push(spare.charCodeAt(0));
  }
  return [...fresh, ...used];
}

interface Node {
  readonly states: readonly State[];
  readonly from: Node | undefined;
  readonly character: number;
}

function spell(node: Node): string {
  const codes: number[] = [];
  for (let at = node; at.from !== undefined; at = at.from) codes.push(at.character);
  return String.fromCharCode(...codes.reverse());
}

/**
 * The shortest text that every one of `wanted` holds (each a union of patterns) and none of `unwanted` does: a search
 * over the product of the patterns' automata, shortest texts first, bounded.
 */
export function findWord(wanted: readonly (readonly Pattern[])[], unwanted: readonly Pattern[]): Word {
  const unions: readonly (readonly Pattern[])[] = [...wanted, unwanted];
  const size = unions.reduce((sum, union) => sum + union.reduce((n, pattern) => n + pattern.length, 0), 0);
  if (size > maxTokens) return { state: 'unknown' };
  const alphabet = alphabetOf(unions.flat());
  const start: Node = {
    states: unions.map((union) => union.map((pattern) => withSkips(pattern, [0]))),
    from: undefined,
    character: 0,
  };
  const accepts = ({ states }: Node) =>
    unions.every((union, i) => {
      const over = union.some((pattern, j) => isOver(pattern, states[i]?.[j] ?? []));
      return i < wanted.length ? over : !over;
    });
  const seen = new Set<string>();
  let level: Node[] = [start];
  while (level.length > 0) {
    const next: Node[] = [];
    for (const node of level) {
      if (accepts(node)) return { state: 'found', text: spell(node) };
      for (const character of alphabet) {
        const states = unions.map((union, i) =>
          union.map((pattern, j) => advance(pattern, node.states[i]?.[j] ?? [], character)),
        );
        if (states.some((state, i) => i < wanted.length && isDead(state))) continue;
        const key = JSON.stringify(states);
        if (seen.has(key)) continue;
        if (seen.size >= maxStates) return { state: 'unknown' };
        seen.add(key);
        next.push({ states, from: node, character });
      }
    }
    level = next;
  }
  return { state: 'none' };
}
