import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { agreement } from './agreement.ts';
import { corpusFile, isPresent } from './corpus.ts';

interface Reason {
  readonly reason: string;
  readonly cases: readonly string[];
}

const excused = (
  parse(readFileSync(new URL('departures.yaml', import.meta.url), 'utf8')) as { departures: Reason[] }
).departures;

if (!isPresent) console.log(`skipped: the corpus of other projects' cases is not at ${corpusFile}`);

test.skipIf(!isPresent)('we depart from other projects where we say so, and nowhere else', () => {
  const { departures, projects } = agreement();
  for (const [project, { compared, agreed }] of projects)
    console.log(`${project}: ${agreed} of ${compared} agree`);
  const written = departures.map(({ case: name, field }) => `${name} ${field}`);
  const known = excused.flatMap(({ cases }) => cases);
  expect(
    departures.filter((_, index) => !known.includes(written[index] ?? '')),
    'departures without a reason in departures.yaml',
  ).toEqual([]);
  expect(
    known.filter((line) => !written.includes(line)),
    'departures that are none any more',
  ).toEqual([]);
});

test('every departure has a reason, and one only', () => {
  const cases = excused.flatMap((one) => one.cases);
  expect(new Set(cases).size).toBe(cases.length);
  expect(excused.filter(({ reason }) => reason.length < 20)).toEqual([]);
});
