import fc from 'fast-check';
import { test } from 'vitest';
import { valueMatches } from '../../shared/iam/comparison.ts';
import { conditionHolds } from '../../shared/iam/condition.ts';
import { keyFacts } from '../../shared/iam/context-key.ts';
import { escapeGlob } from '../../shared/iam/glob.ts';
import { longList } from '../../shared/iam/long-list.ts';
import { parseOperator } from '../../shared/iam/operator.ts';

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
      const operator = parseOperator(name);
      if (operator === undefined) return false;
      const condition = {
        key: 'k',
        facts: keyFacts('k'),
        operator,
        values,
        writtenKey: 'k',
        writtenOperator: name,
        variables: false,
      };
      const isOne = values.some((value) => valueMatches(operator.comparison, value, given));
      return conditionHolds(condition, given) === (isOne !== operator.negated);
    }),
    { numRuns: 3_000 },
  );
});
