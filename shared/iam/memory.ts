/** Above this many entries, which only a hostile caller has, a memory starts anew. */
const maxEntries = 4_096;

/** A pure function of a text that remembers its answers, bounded: policies repeat the same few texts. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= maxEntries) known.clear();
    const now = answer(text);
    known.set(text, now);
    return now;
  };
}
