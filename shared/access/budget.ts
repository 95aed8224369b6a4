import { lookAtSpelling } from './spelling.ts';

/**
 * Work that one decision may still do, in comparisons of one value with one pattern (some tens of nanoseconds each):
 * what keeps a hostile policy within its time.
 */
export interface Budget {
  left: number;
  /** How many callers of the question in hand could not be settled. */
  unsettled: number;
}

export const budgetOf = (left: number): Budget => ({ left, unsettled: 0 });

/** So many callers that nobody can tell from those who get in are not told from one another. */
const mostUnsettled = 50;

/** Whether nothing is left, and so many callers are unsettled that more of them would say nothing more. */
export const isHopeless = ({ left, unsettled }: Budget): boolean => left <= 0 && unsettled > mostUnsettled;

/** Takes so much from the budget; whether there was any left: how soon there is none, depends on how names are spelt. */
export function spend(budget: Budget, amount: number): boolean {
  budget.left -= amount;
  if (budget.left > 0) return true;
  lookAtSpelling();
  return false;
}
