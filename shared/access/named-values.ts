import { accountSegment } from '../iam/arn-pattern.ts';
import { none } from '../iam/none.ts';
import { meeting, startOf } from './glob-index.ts';
import type { GrantCondition, Outsider } from './grant.ts';
import { valuesFor } from './narrowed-lists.ts';
import { mayMeet } from './region.ts';
import { nameBy, ofAccounts } from './takes-in.ts';

/** Beyond so many values, a condition that names whole lists of outsiders tells each of its own alone. */
const maxValues = 50;

const names = /^(?:foranyvalue:)?(?:string|arn)(?:like|equals)(?:ifexists)?$/i;

/** The account that is all an outsider says of an ARN. */
function accountOf(outsider: Outsider): string | undefined {
  if (outsider.type === 'account') return outsider.account;
  return outsider.type === 'service' && ofAccounts.test(outsider.source) ? outsider.source : undefined;
}

/** The values of a key that may be about the outsider; none where the key does not name outsiders of its sort. */
function valuesAbout(outsider: Outsider, key: string, values: readonly string[]): readonly string[] {
  const name = nameBy(outsider, key);
  if (name !== undefined) return meeting(values, startOf(name)).filter((value) => mayMeet(value, name));
  const account = accountOf(outsider);
  if (account === undefined || !/^aws:(?:principal|source)arn$/.test(key)) return none;
  return valuesFor(key, values, account, 'StringLike').filter((value) =>
    mayMeet(accountSegment(value) ?? '*', account),
  );
}

/**
 * A condition as a grant shows it. A list that names hundreds of outsiders would stand in hundreds of grants: each has
 * those of its values that are about its outsider.
 */
export function namedValues(condition: GrantCondition, outsider: Outsider): GrantCondition {
  if (condition.values.length <= maxValues || !names.test(condition.operator)) return condition;
  const values = valuesAbout(outsider, condition.key.toLowerCase(), condition.values);
  return values.length === 0 ? condition : { ...condition, values };
}

/** Whether some of the conditions have so long a list. */
export const areLong = (conditions: readonly GrantCondition[]): boolean =>
  conditions.some(({ values }) => values.length > maxValues);
