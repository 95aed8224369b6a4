import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { kinds } from '../../shared/kinds/index.ts';

interface Coverage {
  readonly read: Readonly<Record<string, readonly string[]>>;
  readonly leftOut: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL('coverage.yaml', import.meta.url), 'utf8');
const { read, leftOut }: Coverage = parse(text);

/** The list lies beside the project, where it is present at all. */
const list = new URL('../../../shared/facts/resource-kinds.json', import.meta.url);
const isPresent = existsSync(list);

if (!isPresent) console.log(`skipped: the list of what can be shared is not at ${list.pathname}`);

test.skipIf(!isPresent)('each entry of the list is read by a kind, or left out with a reason', () => {
  const rows: readonly { readonly id: string; readonly tier: number }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  const ids = rows.filter(({ tier }) => tier <= 3).map(({ id }) => id);
  expect([...Object.keys(read), ...Object.keys(leftOut)].sort()).toEqual(ids.sort());
});

test('what is said to be read is read by kinds that there are, and nothing is both read and left out', () => {
  const known = new Set(kinds.map(({ id }) => id));
  expect(
    Object.values(read)
      .flat()
      .filter((id) => !known.has(id)),
  ).toEqual([]);
  expect(Object.keys(leftOut).filter((id) => id in read)).toEqual([]);
  expect(Object.values(leftOut).filter((reason) => reason.length < 20)).toEqual([]);
});
