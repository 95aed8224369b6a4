import { expect, test } from 'vitest';
import { lineHolds } from './condition.ts';
import type { Context } from './request.ts';
import type { Truth } from './truth.ts';

const rows: readonly [string, string, readonly string[], Context, Truth][] = [
  ['StringEquals', 'k', ['a', 'b'], { k: 'b' }, 'yes'],
  ['StringEquals', 'K', ['a'], { k: 'a' }, 'yes'],
  ['StringEquals', 'k', ['a'], { k: 'A' }, 'no'],
  ['StringEquals', 'k', ['*'], { k: 'a' }, 'no'],
  ['StringEquals', 'k', ['a'], {}, 'no'],
  ['StringEqualsIfExists', 'k', ['a'], {}, 'yes'],
  ['StringEqualsIgnoreCase', 'k', ['aB'], { k: 'Ab' }, 'yes'],
  ['StringNotEquals', 'k', ['a', 'b'], { k: 'b' }, 'no'],
  ['StringNotEquals', 'k', ['a', 'b'], { k: 'c' }, 'yes'],
  ['StringNotEquals', 'k', ['a'], {}, 'yes'],
  ['StringNotEqualsIfExists', 'k', ['a'], {}, 'yes'],
  ['StringLike', 'k', ['a*c?'], { k: 'abbc:' }, 'yes'],
  ['StringLike', 'k', ['a*c?'], { k: 'abbc' }, 'no'],
  ['StringLike', 'k', ['*'], { k: '' }, 'yes'],
  ['StringNotLike', 'k', ['a*'], { k: 'b' }, 'yes'],
  ['ArnLike', 'k', ['arn:aws:iam::*:role/x*'], { k: 'arn:aws:iam::111111111111:role/x/y:z' }, 'yes'],
  ['ArnEquals', 'k', ['arn:aws:*:role/x'], { k: 'arn:aws:iam::111111111111:role/x' }, 'unsure'],
  [
    'ArnLike',
    'k',
    ['arn:aws:*:*:111122223333:finance/*'],
    { k: 'arn:aws:s3:::x:111122223333:finance/y' },
    'no',
  ],
  [
    'StringLike',
    'k',
    ['arn:aws:*:*:111122223333:finance/*'],
    { k: 'arn:aws:s3:::x:111122223333:finance/y' },
    'yes',
  ],
  ['ArnLike', 'k', ['111111111111'], { k: 'arn:aws:iam::111111111111:root' }, 'no'],
  ['IpAddress', 'k', ['203.0.113.0/24'], { k: '203.0.113.9' }, 'yes'],
  ['IpAddress', 'k', ['203.0.113.9'], { k: '203.0.113.8' }, 'no'],
  ['IpAddress', 'k', ['2001:db8::/32'], { k: '2001:db8::1' }, 'yes'],
  ['IpAddress', 'k', ['0.0.0.0/0'], { k: '2001:db8::1' }, 'no'],
  ['NotIpAddress', 'k', ['10.0.0.0/8'], { k: '203.0.113.9' }, 'yes'],
  ['IpAddress', 'k', ['203.0.113.0/99'], { k: '203.0.113.9' }, 'no'],
  ['NumericLessThan', 'k', ['10'], { k: '9' }, 'yes'],
  ['NumericEquals', 'k', ['10'], { k: 'ten' }, 'no'],
  ['DateGreaterThan', 'k', ['2026-01-01T00:00:00Z'], { k: '2026-01-02' }, 'yes'],
  ['DateLessThan', 'k', ['1500000000'], { k: '2026-01-02' }, 'no'],
  ['Bool', 'k', ['true'], { k: 'true' }, 'yes'],
  ['Bool', 'k', ['true'], {}, 'no'],
  ['BoolIfExists', 'k', ['true'], {}, 'yes'],
  ['Null', 'k', ['true'], {}, 'yes'],
  ['Null', 'k', ['true'], { k: [] }, 'yes'],
  ['Null', 'k', ['false'], { k: 'a' }, 'yes'],
  ['ForAllValues:StringEquals', 'k', ['a', 'b'], { k: ['a', 'b'] }, 'yes'],
  ['ForAllValues:StringEquals', 'k', ['a', 'b'], { k: ['a', 'c'] }, 'no'],
  ['ForAllValues:StringEquals', 'k', ['a'], {}, 'yes'],
  ['ForAllValues:StringEquals', 'k', ['a'], { k: '' }, 'yes'],
  ['ForAllValues:StringNotEquals', 'k', ['a'], { k: ['b', 'a'] }, 'no'],
  ['ForAnyValue:StringEquals', 'k', ['a'], { k: ['b', 'a'] }, 'yes'],
  ['ForAnyValue:StringEquals', 'k', ['a'], {}, 'no'],
  ['ForAnyValue:StringNotEquals', 'k', ['a'], { k: ['b', 'a'] }, 'yes'],
  ['ForAnyValue:StringNotEquals', 'k', ['a'], {}, 'no'],
  ['ForAnyValue:StringEqualsIfExists', 'k', ['a'], {}, 'yes'],
  ['StringEquals', 'k', ['a'], { k: ['b', 'a'] }, 'unsure'],
  ['StringLooksLike', 'k', ['a'], { k: 'a' }, 'unsure'],
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables look like template strings
  ['StringEquals', 'k', ['${v}'], { k: 'a', v: 'a' }, 'yes'],
  ['StringEquals', 'k', ['${v}'], { k: 'a' }, 'no'],
  ['StringNotEquals', 'k', ['${v}'], { k: 'a' }, 'yes'],
  ['StringLike', 'k', ["x-${v, 'team'}-*"], { k: 'x-team-1' }, 'yes'],
  ['StringLike', 'k', ['${*}'], { k: 'a' }, 'no'],
  ['StringLike', 'k', ['${*}'], { k: '*' }, 'yes'],
  ['StringLike', 'k', ['${v}'], { k: 'abc', v: 'a*' }, 'no'],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: end of the list
];

test.each(rows)('%s on `%s` with %j of %j: %s', (operator, key, values, context, expected) => {
  expect(lineHolds({ operator, key, values }, context, true)).toBe(expected);
});

test('before version 2012-10-17 a variable is plain text', () => {
  const line = { operator: 'StringEquals', key: 'k', values: ['${v}'] };
  expect(lineHolds(line, { k: 'a', v: 'a' }, false)).toBe('no');
  expect(lineHolds(line, { k: '${v}', v: 'a' }, false)).toBe('yes');
});
