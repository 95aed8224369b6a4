import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { callSettings } from '../../shared/aws/client-settings.ts';
import type { TableSettings } from '../../shared/aws/table.ts';
import { tableDefinition } from '../deploy/table-definition.ts';

/** What a table was asked, and what DynamoDB bills for it. */
export interface TableCost {
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

interface Capacity {
  /** Of a batch, a list by table. */
  readonly ConsumedCapacity?:
    | { readonly CapacityUnits: number }
    | readonly [{ readonly CapacityUnits: number }];
}

const isRead = (operation: string) => ['GetItem', 'BatchGetItem', 'Query', 'Scan'].includes(operation);

/** The wire of an SDK client, which asks with each request for the units that it takes, and adds them up. */
function countingWire() {
  const { requestHandler } = callSettings();
  let cost: TableCost = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };

  function add(operation: string, { ConsumedCapacity }: Capacity): void {
    const { reads, writes, readUnits, writeUnits } = cost;
    const units = [ConsumedCapacity].flat()[0]?.CapacityUnits ?? 1;
    cost = isRead(operation)
      ? { ...cost, reads: reads + 1, readUnits: readUnits + units }
      : { ...cost, writes: writes + 1, writeUnits: writeUnits + units };
  }

  const wire: typeof requestHandler = {
    ...requestHandler,
    async handle(request, options) {
      const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
      const asked = JSON.parse(Buffer.from(request.body).toString());
      request.body = JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' });
      request.headers['content-length'] = String(Buffer.byteLength(request.body));
      const { response } = await requestHandler.handle(request, options);
      const answer = await text(response.body);
      add(operation, JSON.parse(answer));
      response.body = Readable.from([Buffer.from(answer)]);
      return { response };
    },
  };
  return {
    wire,
    /** What it came to since it was taken last. */
    take(): TableCost {
      const taken = cost;
      cost = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
      return taken;
    },
  };
}

/** A table in this process, by dynalite, which counts units as DynamoDB does. */
export async function countedTable() {
  const server = dynalite({ createTableMs: 0 });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const region = 'eu-west-1';
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  const table = 'records';
  await new DynamoDBClient({ region }).send(new CreateTableCommand(tableDefinition(table)));
  const { wire, take } = countingWire();
  const settings: TableSettings = { table, region, calls: { ...callSettings(), requestHandler: wire } };
  return { settings, take, stop: () => server.close() };
}
