import { afterAll, expect, test } from 'vitest';
import { tableAlertBook } from '../../shared/aws/table-alert-book.ts';
import { countedTable } from '../bench/counted-table.ts';
import { alertBookContract } from './alert-book-contract.ts';

const tables: { stop(): unknown }[] = [];

afterAll(() => tables.map((table) => table.stop()));

async function newTable() {
  const table = await countedTable();
  tables.push(table);
  return table;
}

alertBookContract('the alert book in a table', async () => tableAlertBook((await newTable()).settings));

test('a claim whose holder crashed lapses, and who comes back from the dead takes nothing away from who told it', async () => {
  const { settings } = await newTable();
  const [slow, quick] = [tableAlertBook(settings, 100), tableAlertBook(settings, 100)];
  expect(await slow.claim('alert', 'topic')).toBe('claimed');
  expect(await quick.claim('alert', 'topic')).toBe('claimed');
  await quick.confirm('alert', 'topic');
  await slow.release('alert', 'topic');
  expect(await slow.claim('alert', 'topic')).toBe('told');
});

test('to tell an alert on a channel takes two writes, and to know that it was told one more and a read', async () => {
  const { settings, take } = await newTable();
  const book = tableAlertBook(settings);
  await book.claim('alert', 'topic');
  await book.confirm('alert', 'topic');
  expect(take()).toMatchObject({ reads: 0, writes: 2, writeUnits: 2 });
  await book.claim('alert', 'topic');
  expect(take()).toMatchObject({ reads: 1, writes: 1 });
  await book.told(['alert', 'another']);
  expect(take()).toMatchObject({ reads: 1, writes: 0, readUnits: 1 });
});
