/**
 * Work that one decision may still do, in comparisons of one value with one pattern (some tens of nanoseconds each):
 * what keeps a hostile policy within its time.
 */
export interface Budget {
  left: number;
}

/** Takes so much from the budget; whether there was any left. */
export function spend(budget: Budget, amount: number): boolean {
  budget.left -= amount;
  return budget.left > 0;
}
