import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addExpectation, entryText } from '../../shared/config/add-expectation.ts';
import { loadTrust } from '../../shared/config/trust.ts';
import type { ExpectedGrant } from '../../shared/findings/expectation.ts';

const entry: ExpectedGrant = {
  outsider: { type: 'account', account: '012345678901' },
  kind: 'iam:role',
  resource: 'arn:aws:iam::111122223333:role/vendor',
  actions: ['sts:AssumeRole'],
  conditions: [{ key: 'sts:ExternalId', operator: 'StringEquals', values: ['7d1f'] }],
  owner: 'data',
  reason: 'contract 2026-114: reads our bills',
  until: '2099-12-31',
};
const load = (text: string) => loadTrust(text, 'trust.yml').expected;

test('an entry is written as a person would, and read again as it was', () => {
  const text = addExpectation('', entry);
  expect(text).toBe(`expected:
  - outsider: {type: account, account: 012345678901}
    kind: iam:role
    resource: arn:aws:iam::111122223333:role/vendor
    actions: [sts:AssumeRole]
    conditions: [{key: sts:ExternalId, operator: StringEquals, values: [7d1f]}]
    owner: data
    reason: "contract 2026-114: reads our bills"
    until: 2099-12-31
`);
  expect(load(text)).toEqual([entry]);
});

const example = readFileSync('trust.example.yml', 'utf8');

test.each([
  ['the example', example],
  ['a file without expectations', example.slice(0, example.indexOf('# Access from outside'))],
  ['a file without a line break at its end', example.trimEnd()],
  [
    'a list before another key',
    `expected:\n- outsider: {type: anyone} # all\n  kind: s3:bucket\n  resource: arn:aws:s3:::web\n  actions: [s3:GetObject]\n  owner: web\n  reason: |\n    our\n    site\n  until: 2099-12-31\n\n# who is inside\ntrusted:\n  accounts: []\n`,
  ],
  ['comments alone', '# nothing yet\n'],
  ['an empty list with a comment', 'expected: # ours\n  # none yet\n\ntrusted: {}\n'],
  ['an empty list at the end', '# ours\nexpected:'],
  ['a list far to the right', example.replaceAll(/^ {2}(?=[- ])/gm, '         ')],
  ['a document with marks of its start and end', '---\ntrusted: {}\n...\n'],
  [
    'a file with anchors',
    `expected:\n  - outsider: &all {type: anyone}\n    kind: s3:bucket\n    resource: arn:aws:s3:::web\n    actions: &read [s3:GetObject]\n    owner: web\n    reason: our site\n    until: 2099-12-31\n  - outsider: *all\n    kind: s3:bucket\n    resource: arn:aws:s3:::press\n    actions: *read\n    owner: web\n    reason: |+\n      the press\n\n    until: 2099-12-31 # the last\n  # and no more\n`,
  ],
])('in %s everything stays as it was, and the entry comes last', (_, text) => {
  const edited = addExpectation(text, entry);
  expect(load(edited)).toEqual([...load(text), entry]);
  const kept = text.split('\n').filter((line) => line.trim() !== '');
  const lines = edited.split('\n');
  for (const line of kept) expect(lines.splice(0, lines.indexOf(line) + 1)).toContain(line);
});

test('a file of another system keeps its line breaks, also the new lines have them', () => {
  for (const text of [example, 'expected:\n', 'expected: []\n', '# ours\n']) {
    const edited = addExpectation(text.replaceAll('\n', '\r\n'), entry);
    expect(edited).toBe(addExpectation(text, entry).replaceAll('\n', '\r\n'));
    expect(load(edited)).toEqual([...load(text), entry]);
  }
});

test.each([
  'expected: []',
  'expected:\n',
  '{expected: []}',
  'expected: # none\ntrusted: {}\n',
  '{}',
  'trusted: {accounts: []}',
])('a list that is empty, or on one line, takes the entry too: %j', (text) => {
  expect(load(addExpectation(text, entry))).toEqual([entry]);
  expect(load(addExpectation(addExpectation(text, entry), { ...entry, kind: 's3:bucket' }))).toHaveLength(2);
});

test('whatever stands in a policy is the same text behind the file, and cannot break out of its line', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(
      'a\n  - b',
      '012',
      'true',
      '*x',
      '&y',
      '!t',
      '- z',
      "'",
      '"',
      '# c',
      '\u001b[2J',
      '{',
      'a: b',
    ),
  );
  const written = fc.tuple(hostile, fc.array(hostile, { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(written, ([key, values]) => {
      fc.pre(key.trim() !== '');
      const held = { ...entry, conditions: [{ key, operator: 'StringLike', values }] };
      expect(load(addExpectation(addExpectation('', entry), held))).toEqual([entry, held]);
      expect(entryText(held)).not.toContain('\u001b');
    }),
  );
});
