import { gather } from '../iam/gather.ts';
import { type Budget, spend } from './budget.ts';
import { classes, type Pattern, type Positions, takes, withSkips } from './pattern.ts';
import { choicesOf, meetingText, onlyMeeting } from './pattern-meeting.ts';
import { lookAtSpelling } from './spelling.ts';

/** A text in every wanted union and in no unwanted pattern; `none` when there is none; `unknown` beyond the bounds. */
export type Word =
  | { readonly state: 'found'; readonly text: string }
  | { readonly state: 'none' | 'unknown' };

const maxTokens = 6_000;
const maxStates = 3_000;
/** Characters of each class, of which one that no pattern asks for next stands for all others. */
const groups = [
  'xyzwvutsrqponmlkjihgfedcba',
  '7890123456',
  'QWERTYUIOPASDFGHJKLZXCVBNM',
  '_~!#',
  ':',
  '/',
  '-',
];

/** Positions in each pattern of each union. */
type State = readonly (readonly Positions[])[];

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
}

function accepts({ unions }: Product, state: State): boolean {
  const unwanted = unions.length - 1;
  return unions.every((union, i) => {
    const over = union.some((pattern, j) => state[i]?.[j]?.includes(pattern.length) === true);
    return over !== (i === unwanted);
  });
}

interface Next {
  /** Single characters that the union asks for next. */
  readonly characters: ReadonlySet<number>;
  /** Whether it can go on with a whole class as well. */
  readonly open: boolean;
}

function nextOf(union: readonly Pattern[], positions: readonly Positions[]): Next {
  const characters = new Set<number>();
  let open = false;
  for (const [j, pattern] of union.entries()) {
    for (const at of positions[j] ?? []) {
      const token = pattern[at];
      if (token === undefined) continue;
      if (token.code < 0) open = true;
      else characters.add(token.code);
      if (token.fold !== undefined) characters.add(token.fold);
    }
  }
  return { characters, open };
}

/** The characters worth trying: those that some pattern asks for next, and one for all others of each class. */
function nextCharacters({ unions }: Product, state: State): Iterable<number> {
  const nexts = unions.map((union, i) => nextOf(union, state[i] ?? []));
  const narrow = nexts.find(({ open }, i) => !open && i < unions.length - 1);
  if (narrow !== undefined) return narrow.characters;
  const asked = new Set(gather(nexts, ({ characters }) => [...characters]));
  const others = gather(groups, (group) => {
    const other = [...group].find((character) => !asked.has(character.charCodeAt(0)));
    return other === undefined ? [] : [other.charCodeAt(0)];
  });
  return [...others, ...asked];
}

/** Whether the pattern holds every text from here on: it ends with a star, and has come to it. */
function isSettled(pattern: Pattern, positions: Positions): boolean {
  const last = pattern.at(-1);
  return last?.repeated === true && last.code === classes.anything && positions.includes(pattern.length - 1);
}

/** The state after one more character; undefined when a wanted union is out of reach, or the unwanted one settled. */
function step({ unions }: Product, state: State, character: number): State | undefined {
  const next: (readonly Positions[])[] = [];
  for (const [i, union] of unions.entries()) {
    const positions = union.map((pattern, j) => advance(pattern, state[i]?.[j] ?? [], character));
    if (i < unions.length - 1 && positions.every((one) => one.length === 0)) return undefined;
    if (i === unions.length - 1 && union.some((pattern, j) => isSettled(pattern, positions[j] ?? [])))
      return undefined;
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
 * The word by one pattern of each union, as long as no unwanted pattern happens to hold it: for most questions the
 * whole answer. Undefined where it takes a search.
 */
function straightWord(
  wanted: readonly (readonly Pattern[])[],
  unwanted: readonly Pattern[],
  budget: Budget,
): Word | undefined {
  let met = false;
  for (const choice of choicesOf(wanted) ?? [[]]) {
    const text = choice.length === 0 ? undefined : meetingText(choice, budget);
    met ||= choice.length === 0 || text !== undefined;
    if (text !== undefined && !unwanted.some((pattern) => holds(pattern, text)))
      return { state: 'found', text };
  }
  return met || budget.left <= 0 ? undefined : { state: 'none' };
}

/** The same name for the same patterns. */
function nameOfUnions(unions: readonly (readonly Pattern[])[]): string {
  let name = '';
  for (const union of unions) {
    for (const pattern of union) {
      for (const { code, repeated, fold } of pattern)
        name += `${code}${repeated ? '*' : fold === undefined ? ',' : '^'}`;
      name += ';';
    }
    name += '|';
  }
  return name;
}

/** The words found for a budget's decision, which asks the same for one caller after the other. */
const found = new WeakMap<Budget, Map<string, Word>>();

/**
 * A text that every one of `wanted` holds (each a union of patterns) and none of `unwanted` does: a search
 * over the product of the patterns' automata, bounded.
 */
export function findWord(
  wanted: readonly (readonly Pattern[])[],
  unwanted: readonly Pattern[],
  budget: Budget,
): Word {
  const patterns = [...wanted.flat(), ...unwanted];
  const tokens = patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  if (tokens > maxTokens || !spend(budget, patterns.length + (tokens >> 4))) return { state: 'unknown' };
  const known = found.get(budget) ?? new Map<string, Word>();
  found.set(budget, known);
  const name = nameOfUnions([...wanted, unwanted]);
  const word = known.get(name) ?? searchWord(wanted, unwanted, budget);
  known.set(name, word);
  return word;
}

function searchWord(
  wanted: readonly (readonly Pattern[])[],
  unwanted: readonly Pattern[],
  budget: Budget,
): Word {
  const unions = onlyMeeting(wanted, unwanted, budget);
  if (budget.left <= 0) return { state: 'unknown' };
  if (unions.some((union, i) => i < wanted.length && union.length === 0)) return { state: 'none' };
  const straight = straightWord(unions.slice(0, -1), unions.at(-1) ?? [], budget);
  return straight ?? walk({ unions }, budget);
}

/** A breadth-first walk over the product, from character to character. */
function walk(product: Product, budget: Budget): Word {
  lookAtSpelling();
  const start = product.unions.map((union) => union.map((pattern) => withSkips(pattern, [0])));
  const seen = new Set<string>();
  const queue: Node[] = [{ state: start, from: undefined, character: 0 }];
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i];
    if (node === undefined) break;
    if (accepts(product, node.state)) return { state: 'found', text: spell(node) };
    const next = queue.length > maxStates ? undefined : followers(product, node, seen, budget);
    if (next === undefined) return { state: 'unknown' };
    queue.push(...next);
  }
  return { state: 'none' };
}

/** The nodes one character on that have not been seen; undefined when the budget runs out. */
function followers(
  product: Product,
  node: Node,
  seen: Set<string>,
  budget: Budget,
): readonly Node[] | undefined {
  const next: Node[] = [];
  const weight = 4 + 3 * weightOf(node.state);
  for (const character of nextCharacters(product, node.state)) {
    if (!spend(budget, weight)) return undefined;
    const state = step(product, node.state, character);
    const name = state === undefined ? undefined : nameOf(state);
    if (state === undefined || name === undefined || seen.has(name)) continue;
    seen.add(name);
    next.push({ state, from: node, character });
  }
  return next;
}
