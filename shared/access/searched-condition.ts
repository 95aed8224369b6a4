import type { Condition } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { variableKeys } from '../iam/variable.ts';
import { accessPointKeys, onArnOfPoint } from './access-point.ts';
import { timeKey } from './goal.ts';

const timeFacts = keyFacts(timeKey);
const isTime = ({ key }: Condition) => key === 'aws:currenttime';

const comparesItself = ({ key, values, variables }: Condition) =>
  variables && values.some((value) => variableKeys(value).includes(key));

/** Whether a value that names its own key is that key's value and no more, so that it matches it. */
function isItself(value: string, { key, operator }: Condition): boolean {
  const whole = operator.comparison === 'StringLike' ? value.replace(/^\*+|\*+$/g, '') : value;
  return /^\$\{[^}]*\}$/.test(whole) && variableKeys(whole).includes(key);
}

/** A key compared with itself is compared with all that it can be, or with nothing. */
function withoutItself(condition: Condition): Condition {
  const { key, operator } = condition;
  const isAny = condition.values.some((value) => isItself(value, condition));
  const others = condition.values.filter((value) => !variableKeys(value).includes(key));
  if (isAny && operator.comparison !== 'ArnLike')
    return {
      ...condition,
      values: ['*'],
      variables: false,
      operator: { ...operator, comparison: 'StringLike' },
    };
  const values = isAny ? [...others, '*:*:*:*:*:*'] : others;
  return { ...condition, values, variables: values.some((value) => value.includes('${')) };
}

const isWrittenOtherwise = (condition: Condition) =>
  isTime(condition) || accessPointKeys.includes(condition.key) || comparesItself(condition);

/**
 * A statement's conditions as the search takes them. Two keys that say one thing are one to it: the two of the time are
 * seconds since 1970, and those of an access point its ARN. And no key is compared with itself.
 */
export function asSearched(conditions: readonly Condition[]): readonly Condition[] {
  if (!conditions.some(isWrittenOtherwise)) return conditions;
  return conditions.map((condition) => {
    const one = comparesItself(condition) ? withoutItself(condition) : condition;
    return isTime(one) ? { ...one, key: timeKey, facts: timeFacts } : onArnOfPoint(one);
  });
}
