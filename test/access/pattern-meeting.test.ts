import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetOf } from '../../shared/access/budget.ts';
import { caselessPattern, globPattern, textPattern } from '../../shared/access/pattern.ts';
import { covers } from '../../shared/access/pattern-cover.ts';
import { meetingText } from '../../shared/access/pattern-meeting.ts';
import { globMatches } from '../../shared/iam/glob.ts';

const budget = () => budgetOf(5_000_000);
const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 });
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });

test('a meeting text is of every pattern', () => {
  fc.assert(
    fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), (globs) => {
      const met = meetingText(
        globs.map((one) => globPattern(one)),
        budget(),
      );
      return met === undefined || globs.every((one) => globMatches(one, met));
    }),
  );
});

test('patterns that share a text meet', () => {
  fc.assert(
    fc.property(glob, glob, text, (first, second, shared) => {
      const both = globMatches(first, shared) && globMatches(second, shared);
      return !both || meetingText([globPattern(first), globPattern(second)], budget()) !== undefined;
    }),
  );
});

test('letter case that does not count meets the case that is asked for', () => {
  expect(meetingText([caselessPattern('Acme'), textPattern('aCME')], budget())).toBe('aCME');
});

test('a glob that covers another holds all its texts', () => {
  fc.assert(
    fc.property(glob, glob, text, (wide, narrow, one) => {
      const isCovered = covers(globPattern(wide), globPattern(narrow));
      return !isCovered || !globMatches(narrow, one) || globMatches(wide, one);
    }),
  );
  expect(covers(globPattern('arn:aws:sns:*:*:*'), globPattern('arn:aws:sns:*:111122223333:*'))).toBe(true);
});
