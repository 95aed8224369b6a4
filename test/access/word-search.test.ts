import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetOf } from '../../shared/access/budget.ts';
import { arnPattern, globPattern, type Pattern } from '../../shared/access/pattern.ts';
import { findWord } from '../../shared/access/word-search.ts';
import { globMatches } from '../../shared/iam/glob.ts';

const budget = () => budgetOf(5_000_000);
const patterns = (globs: readonly string[]): readonly Pattern[] => globs.map((glob) => globPattern(glob));
const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 });
const globs = fc.array(glob, { maxLength: 3 });

test('a text that is found lies in every wanted glob and in no unwanted one', () => {
  fc.assert(
    fc.property(globs, globs, (wanted, unwanted) => {
      const word = findWord(
        wanted.map((one) => patterns([one])),
        patterns(unwanted),
        budget(),
      );
      if (word.state !== 'found') return true;
      return (
        wanted.every((one) => globMatches(one, word.text)) &&
        !unwanted.some((one) => globMatches(one, word.text))
      );
    }),
  );
});

test('where there is a short text, one is found', () => {
  const texts = ['', 'a', 'b', 'c', 'aa', 'ab', 'ba', 'bb', 'ca', 'ac', 'abc', 'aba', 'bab'];
  fc.assert(
    fc.property(globs, globs, (wanted, unwanted) => {
      const some = texts.some(
        (text) =>
          wanted.every((one) => globMatches(one, text)) && !unwanted.some((one) => globMatches(one, text)),
      );
      return (
        !some ||
        findWord(
          wanted.map((one) => patterns([one])),
          patterns(unwanted),
          budget(),
        ).state === 'found'
      );
    }),
  );
});

test('`repo:acme*` reaches beyond `repo:acme/*`', () => {
  const word = findWord([patterns(['repo:acme*'])], patterns(['repo:acme/*']), budget());
  expect(word).toEqual({ state: 'found', text: 'repo:acme' });
  expect(findWord([patterns(['repo:acme/*'])], patterns(['repo:acme*']), budget())).toEqual({
    state: 'none',
  });
});

test('an ARN pattern keeps to its account where a text pattern does not', () => {
  const own = arnPattern('arn:aws:sns:*:111122223333:*') ?? [];
  expect(findWord([patterns(['arn:aws:*:111122223333:*'])], [own], budget()).state).toBe('found');
  expect(findWord([[own]], patterns(['arn:aws:*:111122223333:*']), budget())).toEqual({ state: 'none' });
});

test('beyond its budget the search says so', () => {
  const hard = patterns(['*a*b*a*b*a*']);
  expect(findWord([hard], patterns(['*ab*', '*ba*']), budgetOf(10))).toEqual({ state: 'unknown' });
});
