import fc from 'fast-check';
import type { Kind } from './cast.ts';
import { any, common, type Key, own, type Sort } from './keys.ts';

/** One line of a Condition. */
export interface Line {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The operators of each sort, each with its negation where there is one. */
const operators: Readonly<Record<Sort, readonly [string, ...string[]]>> = {
  string: [
    'StringEquals',
    'StringEquals',
    'StringLike',
    'StringLike',
    'StringNotEquals',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ],
  arn: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'StringLike', 'StringEquals', 'ArnNotEquals', 'StringNotLike'],
  address: ['IpAddress', 'IpAddress', 'NotIpAddress'],
  bool: ['Bool'],
  date: ['DateLessThan', 'DateGreaterThan', 'DateLessThanEquals', 'DateGreaterThanEquals', 'DateNotEquals'],
  number: ['NumericLessThan', 'NumericGreaterThan', 'NumericEquals', 'NumericNotEquals'],
};

/** What people write by mistake: operators that do not exist, values that are none, text compared as text. */
const strangers: Readonly<Record<Sort, readonly (readonly [string, string])[]>> = {
  string: [
    ['StringResembles', 'x'],
    ['ArnLike', 'arn:aws:iam::*:*'],
  ],
  arn: [
    ['ArnLike', 'arn:aws:iam'],
    ['ArnLike', '*'],
    ['StringLike', '*222222222222*'],
  ],
  address: [
    ['StringLike', '203.0.113.*'],
    ['StringEquals', '203.0.113.7'],
    ['IpAddress', '256.1.1.1'],
    ['NotIpAddress', '*'],
  ],
  bool: [
    ['StringEquals', 'true'],
    ['StringNotLike', 'f*'],
    ['Bool', 'maybe'],
  ],
  date: [
    ['DateGreaterThan', 'soon'],
    ['StringLike', '20*'],
    ['DateEquals', '2099-01-01'],
  ],
  number: [
    ['NumericLessThan', 'many'],
    ['StringEquals', '10'],
  ],
};

const prefixes = fc.constantFrom('', '', '', '', '', 'ForAnyValue:', 'ForAllValues:');
const suffixes = fc.constantFrom('', '', '', '', 'IfExists');

function lineOf({ name, sort, values }: Key): fc.Arbitrary<Line> {
  const compared = fc
    .tuple(
      prefixes,
      fc.constantFrom(...operators[sort]),
      suffixes,
      fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
    )
    .map(([prefix, operator, suffix, chosen]) => ({
      operator: prefix + operator + suffix,
      key: name,
      values: chosen,
    }));
  const strange = fc
    .constantFrom(...strangers[sort])
    .map(([operator, value]) => ({ operator, key: name, values: [value] }));
  const checked = fc
    .constantFrom('true', 'false')
    .map((wanted) => ({ operator: 'Null', key: name, values: [wanted] }));
  return fc.oneof(
    { weight: 40, arbitrary: compared },
    { weight: 4, arbitrary: checked },
    { weight: 1, arbitrary: strange },
  );
}

/** A line that a policy of the kind may have. */
export function conditionLine({ keys }: Kind): fc.Arbitrary<Line> {
  const special = keys.map((name): Key => ({ name, ...(own[name] ?? any) }));
  const lines = [...common, ...special, ...special].map(lineOf);
  return fc.oneof(...lines);
}

export const versions = fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17');
