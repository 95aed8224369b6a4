import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { tableStore } from '../../shared/aws/table-store.ts';
import { storeContract } from '../aws/store-contract.ts';
import { bucket, grant, presentLook } from '../findings/samples.ts';
import { config, region } from './clients.ts';

let tables = 0;

/** A store in a table of its own. */
async function openStore() {
  const table = `contract-${tables++}`;
  await new DynamoDBClient(config).send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return tableStore({ table, region, calls: callSettings() });
}

storeContract('the store in a table', openStore);

test('looks at one resource that meet are settled one after the other, and the newest stays', async () => {
  const store = await openStore();
  const seconds = [3, 1, 5, 2, 4];
  await Promise.all(seconds.map((second) => store.settle(presentLook(bucket, second, [grant()]))));
  const record = await store.read(bucket);
  expect(record?.lookedAt).toBe(presentLook(bucket, 5, []).at);
});
