import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { tableAlertBook } from '../../shared/aws/table-alert-book.ts';
import { tableStore } from '../../shared/aws/table-store.ts';
import { alertBookContract } from '../aws/alert-book-contract.ts';
import { storeContract } from '../aws/store-contract.ts';
import { tableDefinition } from '../deploy/table-definition.ts';
import { bucket, grant, presentLook } from '../findings/samples.ts';
import { config, region } from './clients.ts';

let tables = 0;

/** A table of its own. */
async function newTable() {
  const table = `contract-${tables++}`;
  await new DynamoDBClient(config).send(new CreateTableCommand(tableDefinition(table)));
  return { table, region, calls: callSettings() };
}

const openStore = async () => tableStore(await newTable());
const openAlertBook = async () => tableAlertBook(await newTable());

storeContract('the store in a table', openStore);

test('looks at one resource that meet are settled one after the other, and the newest stays', async () => {
  const store = await openStore();
  const seconds = [3, 1, 5, 2, 4];
  await Promise.all(seconds.map((second) => store.settle(presentLook(bucket, second, [grant()]))));
  const record = await store.read(bucket);
  expect(record?.lookedAt).toBe(presentLook(bucket, 5, []).at);
});

alertBookContract('the alert book in a table', openAlertBook);

test('a claim whose holder crashed keeps the next one waiting, and lapses', async () => {
  const book = tableAlertBook(await newTable(), 3_000);
  expect(await book.claim('alert', 'topic')).toBe('claimed');
  const now = Date.now();
  expect(await book.claim('alert', 'topic')).toBe('claimed');
  expect(Date.now() - now).toBeGreaterThan(2_000);
});
