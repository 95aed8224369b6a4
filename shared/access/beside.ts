import type { Statement } from '../iam/statement.ts';
import { actionsMatching } from './action-list.ts';
import { overlap } from './action-set.ts';
import type { Form } from './form.ts';
import { actionsCovered } from './reach.ts';

/** Whether the policies allow an action beside the one that lets in; on request, their Denies aside. */
export type AllowsBeside = (action: string, evenDenied?: boolean) => boolean;

/** Whether a Deny is about every caller and every request. */
const isTotal = ({ principals, notPrincipal, conditions, unknownOperators, control }: Statement) =>
  principals.everyone && !notPrincipal && !control && conditions.length + unknownOperators.length === 0;

function isAllowed(
  statements: readonly Statement[],
  { list }: Form,
  action: string,
  evenDenied: boolean,
): boolean {
  const wanted = actionsMatching(action, list);
  const covering = statements.filter((one) => overlap(actionsCovered(one, list), wanted));
  const denied = !evenDenied && covering.some((one) => one.effect === 'Deny' && isTotal(one));
  return !denied && covering.some(({ effect }) => effect === 'Allow');
}

/**
 * Whether a role's trust policy allows an action that goes with assuming the role, worked out when it is first asked.
 * Whom the statement lets do that, and when, is left open: one that has it for anybody counts for all.
 */
export function besideIn(statements: readonly Statement[], [form]: readonly Form[]): AllowsBeside {
  const known = new Map<string, boolean>();
  return (action, evenDenied = false) => {
    const name = evenDenied ? `even ${action}` : action;
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = form === undefined || isAllowed(statements, form, action, evenDenied);
    known.set(name, found);
    return found;
  };
}
