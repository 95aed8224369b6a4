import type { Condition } from '../iam/condition.ts';
import type { Statement } from '../iam/statement.ts';
import { admitted } from './admit.ts';
import { type Case, questionsOf } from './case.ts';
import { madeCondition } from './goal.ts';
import type { Outsider } from './grant.ts';
import { outsiderKey } from './merge.ts';

const key = 'sts:externalid';

/** What a caller brings who was not told the id: none, or one of its own. */
const uninformed: readonly Condition[] = [
  madeCondition(key, 'Null', ['true']),
  madeCondition(key, 'StringEquals', ['zq-stranger-81xk']),
];

/** Whether the policies speak of an ExternalId at all. */
export const speaksOfExternalId = ({ mentions }: Case): boolean => mentions.keys.has(key);

/** Whether the condition plainly asks for an id that the policy names. */
function asksPlainly({ key: on, operator, variables }: Condition): boolean {
  const { comparison, negated, quantifier, ifExists } = operator;
  if (on !== key || comparison !== 'StringEquals') return false;
  return !negated && quantifier === 'one' && !ifExists && !variables;
}

/**
 * Whether an outsider whom a statement admits must bring an ExternalId that it was told, be it the statement that asks
 * for it or a Deny.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function asksForExternalId(given: Case, statement: Statement, outsider: Outsider): boolean {
  const { conditions } = statement;
  if (conditions.some(asksPlainly)) return true;
  const wanted = outsiderKey(outsider);
  return !uninformed.some((condition) =>
    questionsOf(given, { ...statement, conditions: [...conditions, condition] }).some(({ question }) =>
      admitted(question).some((admission) => outsiderKey(admission.outsider) === wanted),
    ),
  );
}
