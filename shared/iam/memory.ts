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

/** A pure function of an object and of something else that remembers its answers for as long as the object is there. */
export function rememberingFor<Owner extends object, Key, T>(
  answer: (owner: Owner, key: Key) => T,
): (owner: Owner, key: Key) => T {
  const known = new WeakMap<Owner, Map<Key, T>>();
  return (owner, key) => {
    const answers = known.get(owner) ?? new Map<Key, T>();
    known.set(owner, answers);
    const before = answers.get(key);
    if (before !== undefined) return before;
    const now = answer(owner, key);
    answers.set(key, now);
    return now;
  };
}
