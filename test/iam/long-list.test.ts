import fc from 'fast-check';
import { test } from 'vitest';
import { valueMatches } from '../../shared/iam/comparison.ts';
import { conditionHolds } from '../../shared/iam/condition.ts';
import { escapeGlob } from '../../shared/iam/glob.ts';
import { longList } from '../../shared/iam/long-list.ts';
import { condition } from './condition.ts';

const segment = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 2 });
const arn = fc.array(segment, { minLength: 5, maxLength: 7 }).map((segments) => segments.join(':'));
const written = fc.oneof(segment, arn, arn.map(escapeGlob));
const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotEquals',
];

test('a long list matches what one of its values matches', () => {
  const list = fc.array(written, { minLength: longList, maxLength: longList + 8 });
  fc.assert(
    fc.property(fc.constantFrom(...operators), list, fc.oneof(segment, arn), (name, values, given) => {
      const asked = condition(name, ...values);
      const { comparison, negated } = asked.operator;
      const isOne = values.some((value) => valueMatches(comparison, value, given));
      return conditionHolds(asked, given) === (isOne !== negated);
    }),
    { numRuns: 3_000 },
  );
});
