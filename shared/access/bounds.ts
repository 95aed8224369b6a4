import { isAccountId } from '../iam/arn.ts';
import { type Condition, conditionHolds } from '../iam/condition.ts';
import { isClaim, keyFacts } from '../iam/context-key.ts';
import type { Bound, GrantCondition, Outsider } from './grant.ts';

/** Values that no policy means to name: a condition that they meet pins nothing down. */
const strangers = {
  text: ['zq-stranger-81xk', 'arn:aws:zq:zq-1:000000000081:stranger/81xk'],
  address: ['198.51.100.77', '2001:db8::77'],
  truth: [],
  number: [],
  date: [],
} as const;

const arnKeys = /^aws:(principalarn|sourcearn)$|arn$/;

/** Whether each value of an ARN condition says which account. */
function namesAccount({ operator, values }: Condition): boolean {
  return values.every((value) => {
    const segments = value.split(':');
    if (!isAccountId(segments[4] ?? '')) return false;
    return operator.comparison !== 'StringLike' || !/[*?]/.test(segments.slice(0, 4).join(':'));
  });
}

const alwaysPresent = /^aws:(?:principalaccount|principaltype|userid|currenttime|epochtime|securetransport)$/;

/** Whether every request of such an outsider carries the key, so that an absent one need not be thought of. */
function isAlwaysThere(key: string, outsider: Outsider): boolean {
  return (
    alwaysPresent.test(key) || (outsider.type === 'federated' && isClaim(key) && /:(?:sub|aud)$/.test(key))
  );
}

function isVacuous(condition: Condition, outsider: Outsider): boolean {
  const { operator, key } = condition;
  if (operator.comparison === 'Null') return condition.values.some((value) => value.toLowerCase() === 'true');
  if (operator.negated) return true;
  if (conditionHolds(condition, undefined) && !isAlwaysThere(key, outsider)) return true;
  return strangers[keyFacts(key).type].some((value) => conditionHolds(condition, value));
}

/** What a remaining condition really pins down. */
function boundOf(condition: Condition, outsider: Outsider): Bound {
  const { reach } = keyFacts(condition.key);
  if (reach === 'none' || isVacuous(condition, outsider)) return 'none';
  if (reach === 'caller' && arnKeys.test(condition.key) && !namesAccount(condition)) return 'none';
  if (condition.key === 'aws:principalorgpaths' && condition.values.some((value) => /^[^/]*[*?]/.test(value)))
    return 'none';
  if (isClaim(condition.key) && outsider.type !== 'federated') return 'none';
  return reach;
}

/** The key as AWS writes it, where AWS has such a key. */
function writtenName({ key, writtenKey }: Condition): string {
  const { name } = keyFacts(key);
  return name === key ? writtenKey : name + writtenKey.slice(name.length);
}

/** A condition that remains on a grant. */
export function remaining(condition: Condition, outsider: Outsider): GrantCondition {
  return {
    key: writtenName(condition),
    operator: condition.writtenOperator,
    values: condition.values,
    bounds: boundOf(condition, outsider),
  };
}
