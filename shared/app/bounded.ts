/**
 * Visits what an iterable yields, at most `concurrency` at a time, and asks for the next only when there is room.
 * The first failure of a visit ends the iteration; it is thrown when the running visits have ended.
 */
export async function forEachBounded<T>(
  items: AsyncIterable<T>,
  concurrency: number,
  visit: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const visiting = visit(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(visiting));
    running.add(visiting);
    if (running.size >= concurrency) await Promise.race(running);
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
