import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffRow, policyDiffs, shownRows } from '../../shared/report/policy-diff.ts';
import { policyDiffText } from '../../shared/report/policy-diff-text.ts';
import { layOut } from '../../shared/report/policy-layout.ts';

const named = (text: string) => [{ name: 'policy', text }];

const rowsOf = (before: string, after: string): readonly DiffRow[] =>
  policyDiffs({ before: named(before), after: named(after) }, ['policy'])[0]?.rows ?? [];

const statement = (Sid: string, AWS: string | readonly string[] = 'x') => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS },
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }).map((value) => JSON.stringify(value));
const anyText = fc.oneof(anyJson, fc.string(), fc.constant(`{"a": [1,{}, []], "b": "not closed`));

test('a policy that is laid out has the same text, but for the space between its parts', () => {
  const bare = (text: string) => text.replaceAll(/("(?:[^"\\]|\\[\s\S])*"?)|\s+/g, '$1');
  fc.assert(
    fc.property(anyText, (text) => {
      const lines = layOut(text).map((line) => line.text);
      expect(bare(lines.join('\n'))).toBe(bare(text));
    }),
  );
  for (const { text } of layOut(JSON.stringify({ a: ['b', { c: [] }] })))
    expect(text).not.toMatch(/[,{].+[,{]/);
});

test('lines know the statement that they are of, in a list and alone', () => {
  const numbers = (text: string) =>
    layOut(text).flatMap((line) =>
      line.statement === undefined ? [] : [`${line.statement} ${line.text.trim()}`],
    );
  expect(numbers('{"Statement":[{"Sid":"a"},{"Sid":"b"}],"Id":"z"}')).toEqual([
    '0 {',
    '0 "Sid": "a"',
    '0 },',
    '1 {',
    '1 "Sid": "b"',
    '1 }',
  ]);
  expect(numbers('{"Id":"z","Statement":{"Sid":"a"}}')).toEqual(['0 "Sid": "a"']);
  expect(numbers(encodeURIComponent('{"Statement":{"Sid":"a"}}'))).toEqual(['0 "Sid": "a"']);
});

test('the sides of a comparison are the two texts, and what is the same stands side by side', () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const rows = rowsOf(before, after);
      const side = (name: 'before' | 'after') => rows.flatMap((row) => row[name] ?? []);
      for (const [name, text] of [
        ['before', before],
        ['after', after],
      ] as const) {
        expect(side(name).map((line) => line.text)).toEqual(layOut(text).map((line) => line.text));
        expect(side(name).map((line) => line.number)).toEqual(layOut(text).map((_, index) => index + 1));
      }
      for (const { isSame, before: old, after: now } of rows)
        if (isSame) expect(old?.text.replace(/,$/, '')).toBe(now?.text.replace(/,$/, ''));
    }),
  );
});

test('a statement that comes is what is marked, and no comma beside it', () => {
  const rows = rowsOf(policy(statement('a')), policy(statement('a'), statement('b')));
  const changed = rows.filter(({ isSame }) => !isSame);
  expect(changed.every(({ before }) => before === undefined)).toBe(true);
  expect(new Set(changed.map(({ after }) => after?.statement))).toEqual(new Set([1]));
});

test('of a long policy the statements are shown that changed or are told, whole, and the others counted', () => {
  const many = Array.from({ length: 60 }, (_, index) => statement(`s${index}`));
  const changed = many.map((each, index) => (index === 30 ? statement('s30', '*') : each));
  const rows = rowsOf(policy(...many), policy(...changed));
  const shown = shownRows(rows, (line) => line.statement === 7, 100);
  const texts = shown.flatMap((row) => ('hidden' in row ? [] : [row.after?.text.trim()]));
  expect(texts).toEqual(expect.arrayContaining(['"Sid": "s7",', '"Sid": "s30",', '"AWS": "*"']));
  expect(texts).not.toContain('"Sid": "s31",');
  const counted = shown.reduce((sum, row) => sum + ('hidden' in row ? row.hidden : 1), 0);
  expect(counted).toBe(rows.length);
  expect(shownRows(rows, () => true, 10)).toEqual([...rows.slice(0, 10), { hidden: rows.length - 10 }]);
});

test('two texts that have nothing in common are compared in bounded time', () => {
  const random = (seed: number) =>
    JSON.stringify(Array.from({ length: 20_000 }, (_, index) => (index * seed) % 1_000_003));
  const start = performance.now();
  expect(rowsOf(random(7919), random(104_729)).length).toBeGreaterThanOrEqual(20_000);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('in an alert the lines that went and came are marked, and a policy that stayed is not shown', () => {
  const told = (before: string, after: string) =>
    policyDiffText({ policies: { before: named(before), after: named(after) } }, 40, false);
  expect(told(policy(statement('a')), policy(statement('a', '*')))).toEqual([
    { name: 'policy', lines: ['   8 -         "AWS": "x"', '   8 +         "AWS": "*"'] },
  ]);
  expect(told('{}', '{}')).toEqual([]);
  expect(policyDiffText({ policies: { after: named('{}') } }, 40, false)).toEqual([]);
});
