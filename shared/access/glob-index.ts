import { wildcardAt } from '../iam/glob.ts';
import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';

/** Globs by what they begin with, so that a long list is not gone through for each of another. */
interface GlobIndex {
  readonly globs: readonly string[];
  /** What each begins with, up to its first wildcard; sorted. */
  readonly starts: readonly string[];
  /** The lengths of these, each once, the shortest first. */
  readonly lengths: readonly number[];
}

/** What a glob begins with, up to its first wildcard. */
export function startOf(glob: string): string {
  const at = wildcardAt(glob);
  return at === -1 ? glob : glob.slice(0, at);
}

const indexes = new WeakMap<readonly string[], GlobIndex>();

/** The index of a list, made once. */
function indexOf(list: readonly string[]): GlobIndex {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const pairs = list.map((glob) => ({ glob, start: startOf(glob) }));
  pairs.sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
  const fresh = {
    globs: pairs.map(({ glob }) => glob),
    starts: pairs.map(({ start }) => start),
    lengths: [...new Set(pairs.map(({ start }) => start.length))].sort((a, b) => a - b),
  };
  indexes.set(list, fresh);
  return fresh;
}

/** The first place whose start is not before the text. */
function placeOf(starts: readonly string[], text: string): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The globs of a list that begin as the text does, and go on. */
export function beginningWith(list: readonly string[], text: string): readonly string[] {
  const { globs, starts } = indexOf(list);
  let found: readonly string[] = none;
  for (let i = placeOf(starts, text); starts[i]?.startsWith(text) === true; i += 1)
    found = withOne(found, globs[i] as string);
  return found;
}

/** The globs of a list that may match a text that begins so: what they begin with is as far the same. */
export function meeting(list: readonly string[], text: string): readonly string[] {
  const { globs, starts, lengths } = indexOf(list);
  let found = beginningWith(list, text);
  for (const length of lengths) {
    if (length >= text.length) break;
    const start = text.slice(0, length);
    for (let i = placeOf(starts, start); starts[i] === start; i += 1)
      found = withOne(found, globs[i] as string);
  }
  return found;
}
