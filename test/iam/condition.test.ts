import { describe, expect, test } from 'vitest';
import { conditionHolds, type KeyValue } from '../../shared/iam/condition.ts';
import { parseOperator } from '../../shared/iam/operator.ts';
import { condition } from './condition.ts';

const rows: readonly (readonly [string, string[], KeyValue, boolean])[] = [
  ['StringEquals', ['a'], undefined, false],
  ['StringNotEquals', ['a'], undefined, true],
  ['StringEqualsIfExists', ['a'], undefined, true],
  ['StringEquals', ['a*'], 'ab', false],
  ['StringLike', ['a*'], 'ab', true],
  ['StringNotLike', ['b', 'a*'], 'ab', false],
  ['StringEqualsIgnoreCase', ['AB'], 'ab', true],
  ['ForAllValues:StringEquals', ['a'], undefined, true],
  ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
  ['ForAnyValue:StringEquals', ['a'], undefined, false],
  ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['b', 'a'], true],
  ['ForAnyValue:StringEqualsIfExists', ['a'], undefined, true],
  ['Null', ['true'], undefined, true],
  ['Null', ['false'], 'x', true],
  ['Bool', ['TRUE'], 'true', true],
  ['NumericLessThanEquals', ['10'], '10', true],
  ['NumericEquals', ['ten'], '10', false],
  ['DateGreaterThan', ['2026-01-01T00:00:00Z'], '2026-11-22T00:00:00Z', true],
  ['DateLessThan', ['1767225600'], '2025-01-01T00:00:00Z', true],
  ['IpAddress', ['203.0.113.0/24'], '203.0.113.9', true],
  ['NotIpAddress', ['203.0.113.0/24'], undefined, true],
  ['ArnEquals', ['arn:aws:sns:*:111122223333:*'], 'arn:aws:sns:eu-west-1:111122223333:t', true],
  ['arnequals', ['arn:aws:sns:*:111122223333:*'], 'no arn', false],
];

describe('a condition holds of a value as the documentation says', () => {
  test.each(rows)('%s %j of %j: %s', (name, values, given, holds) => {
    expect(conditionHolds(condition(name, ...values), given)).toBe(holds);
  });
});

test('what is no operator is none', () => {
  for (const name of [
    'ForAnyValues:StringEquals',
    'StringMatches',
    'NullIfExists',
    'ForAllValues:Null',
    '',
  ]) {
    expect(parseOperator(name), name).toBeUndefined();
  }
});
