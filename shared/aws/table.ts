import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface TableSettings {
  readonly table: string;
  readonly region: string;
  readonly calls: CallSettings;
}

/** Opens the table's client, once. */
export function openTable({ table, region, calls }: TableSettings) {
  return lazy(async () => {
    const sdk = await import('./sdk/dynamodb.ts');
    return { sdk, table, client: new sdk.DynamoDBClient({ ...calls, region }) };
  });
}

export type OpenTable = ReturnType<typeof openTable>;
