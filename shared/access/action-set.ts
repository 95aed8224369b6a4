/** A set of a list's actions, by their places in it: thirty a word, which the engine computes with as whole numbers. */
export type ActionSet = readonly number[];

const bitsOfWord = 30;

// The words are pushed one by one, or copied: all lists are of one make then, which `map` does not promise.

/** The places of a list of so many for which the answer is yes. */
export function setOf(size: number, holds: (at: number) => boolean): ActionSet {
  const words: number[] = [];
  for (let start = 0; start < size; start += bitsOfWord) {
    let word = 0;
    const end = Math.min(size, start + bitsOfWord);
    for (let at = start; at < end; at += 1) if (holds(at)) word |= 1 << (at - start);
    words.push(word);
  }
  return words;
}

/** The places of a set, in their order. */
export function placesOf(set: ActionSet): readonly number[] {
  const places: number[] = [];
  for (let i = 0; i < set.length; i += 1)
    for (let rest = set[i] ?? 0; rest !== 0; rest &= rest - 1) places.push(i * bitsOfWord + lowestBit(rest));
  return places;
}

const lowestBit = (word: number) => 31 - Math.clz32(word & -word);

/** The first place of a set; -1 when it is empty. */
export function firstPlace(set: ActionSet): number {
  for (let i = 0; i < set.length; i += 1) {
    const word = set[i] ?? 0;
    if (word !== 0) return i * bitsOfWord + lowestBit(word);
  }
  return -1;
}

export function isEmpty(set: ActionSet): boolean {
  for (let i = 0; i < set.length; i += 1) if (set[i] !== 0) return false;
  return true;
}

/** Whether two sets have a place in common. */
export function overlap(one: ActionSet, other: ActionSet): boolean {
  for (let i = 0; i < one.length; i += 1) if (((one[i] ?? 0) & (other[i] ?? 0)) !== 0) return true;
  return false;
}

/** Whether each place of the first is in the second. */
export function isWithin(inner: ActionSet, outer: ActionSet): boolean {
  for (let i = 0; i < inner.length; i += 1) if (((inner[i] ?? 0) & ~(outer[i] ?? 0)) !== 0) return false;
  return true;
}

export function both(one: ActionSet, other: ActionSet): ActionSet {
  const words = one.slice();
  for (let i = 0; i < words.length; i += 1) words[i] = (one[i] ?? 0) & (other[i] ?? 0);
  return words;
}

export function without(one: ActionSet, other: ActionSet): ActionSet {
  const words = one.slice();
  for (let i = 0; i < words.length; i += 1) words[i] = (one[i] ?? 0) & ~(other[i] ?? 0);
  return words;
}

/** Puts the places of the other set into the words, which must be the caller's own. */
export function add(words: number[], other: ActionSet): void {
  for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) | (other[i] ?? 0);
}

export function either(one: ActionSet, other: ActionSet): ActionSet {
  const words = one.slice();
  add(words, other);
  return words;
}
