/** A set of a list's actions, by their places in it: thirty a word, which the engine computes with as whole numbers. */
export type ActionSet = readonly number[];

const bitsOfWord = 30;

/** The places of a list of so many for which the answer is yes. */
export function setOf(size: number, holds: (at: number) => boolean): ActionSet {
  const words = Array.from({ length: Math.ceil(size / bitsOfWord) }, () => 0);
  for (let at = 0; at < size; at += 1)
    if (holds(at)) words[Math.trunc(at / bitsOfWord)] = wordAt(words, at) | (1 << (at % bitsOfWord));
  return words;
}

const wordAt = (set: ActionSet, at: number) => set[Math.trunc(at / bitsOfWord)] ?? 0;

export const holdsAt = (set: ActionSet, at: number): boolean =>
  (wordAt(set, at) & (1 << (at % bitsOfWord))) !== 0;

export function isEmpty(set: ActionSet): boolean {
  for (const word of set) if (word !== 0) return false;
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

export const both = (one: ActionSet, other: ActionSet): ActionSet =>
  one.map((word, i) => word & (other[i] ?? 0));
export const without = (one: ActionSet, other: ActionSet): ActionSet =>
  one.map((word, i) => word & ~(other[i] ?? 0));
export const either = (one: ActionSet, other: ActionSet): ActionSet =>
  one.map((word, i) => word | (other[i] ?? 0));
