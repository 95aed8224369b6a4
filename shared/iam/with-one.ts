/**
 * The list with one more. The empty one (`none`) is everybody's and stays as it is; any other is the gatherer's own, and
 * may grow. Most lists of a decision have one item or two, and one that grows by itself takes room for seventeen.
 */
export function withOne<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  if (list.length === 1) return [list[0] as T, one];
  (list as T[]).push(one);
  return list;
}
