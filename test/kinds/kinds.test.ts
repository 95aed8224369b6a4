import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../shared/aws/recording.ts';
import { kinds } from '../../shared/kinds/index.ts';
import type { Kind } from '../../shared/kinds/kind.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { account, cases, outcomeWord, placeOf, readingOf, replaying } from './recorded.ts';

test('every kind has a recorded case', () => {
  expect(cases.map(([, kind]) => kind.id).sort()).toEqual(kinds.map(({ id }) => id));
});

const textOf = (name: Kind['events'][number]['names'][number]) =>
  typeof name === 'string' ? name : name.prefix;

test.each(cases)('%s: each event that it watches has a sample', (_, kind, { events }) => {
  const watched = kind.events.flatMap(({ names }) => names.map(textOf));
  const unseen = watched.filter((name) => !events.some((sample) => sample.name.startsWith(name)));
  expect(unseen).toEqual([]);
});

const token = /token|marker|position|start|evaluated/i;

test.each(cases)('%s: what comes in pages has two or more of them', (folder, { id }) => {
  const source = readFileSync(`shared/kinds/${folder}.ts`, 'utf8');
  const paged = new Set([...source.matchAll(/paginate(\w+)/g)].map(([, operation]) => operation));
  const exchanges = readFileSync(`test/kinds/${folder}/${account}.jsonl`, 'utf8').trim().split('\n');
  for (const line of exchanges) {
    const { operation, input }: Exchange = JSON.parse(line);
    if (Object.keys(input ?? {}).some((name) => token.test(name))) paged.delete(operation);
  }
  expect([...paged], id).toEqual([]);
});

describe.each(cases)('%s', (folder, kind, expected) => {
  const place = placeOf(kind, expected.region);

  test('the recorded answers give these readings, with no more calls than these', async () => {
    const { open, asked } = replaying(folder, place);
    const connection = await kind.connect(open, place);
    const readings: Record<string, unknown> = {};
    for await (const item of kind.list(connection, place))
      readings[item.arn] = await readingOf(kind, connection, item, place);
    expect(readings).toEqual(expected.readings);
    expect(asked).toHaveLength(expected.calls);
  });

  test.each(Object.entries(expected.refused))('a list refused in %s is %s', async (region, outcome) => {
    const there = placeOf(kind, region);
    const { open } = replaying(folder, there);
    const connection = await kind.connect(open, there);
    const failure = await collect(kind.list(connection, there)).catch((error: unknown) => error);
    expect(outcomeWord(kind, failure)).toBe(outcome);
  });

  test.each(Object.entries(expected.find))('the reference `%s` leads to %s', async (reference, found) => {
    const { open } = replaying(folder, place);
    const connection = await kind.connect(open, place);
    const result = await kind.find(connection, place, reference).then(
      (item) => item?.arn ?? 'nothing',
      (error: unknown) => outcomeWord(kind, error),
    );
    expect(result).toBe(found);
  });

  test.each(Object.entries(expected.refersTo))(
    '`%s` means these ARNs and not those',
    (reference, { yes, no }) => {
      const meant = [...yes, ...no].filter((arn) => kind.refersTo(reference, arn, place));
      expect(meant).toEqual(yes);
    },
  );

  test.each(expected.events)(
    '$name leads to `$reference`',
    ({ name, request, response, reference, region }) => {
      const record = {
        eventName: name,
        requestParameters: request ?? null,
        responseElements: response ?? null,
      };
      const claiming = kind.events.find(({ names }) =>
        names.some((each) => (typeof each === 'string' ? each === name : name.startsWith(each.prefix))),
      );
      expect(claiming?.resource(record) ?? 'none').toBe(reference);
      expect(claiming?.region?.(record)).toBe(region);
    },
  );
});
