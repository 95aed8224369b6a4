/**
 * The list with one more. The empty one (`none`) is everybody's and stays as it is; any other is the gatherer's own and
 * grows. Most lists of a decision have one item, and a list that is made empty to be grown takes room for seventeen.
 */
export function withOne<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  (list as T[]).push(one);
  return list;
}
