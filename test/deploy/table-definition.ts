import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';

const store = resolve(import.meta.dirname, '../../deploy/resources/store.yml');

/** The table as the stack makes it, as far as its keys and its billing go, under another name. */
export function tableDefinition(TableName: string): CreateTableCommandInput {
  // What CloudFormation fills in is of no matter here: its tags are read as plain values.
  const { Properties } = parse(readFileSync(store, 'utf8'), { logLevel: 'silent' }).Resources.Table;
  const { BillingMode, AttributeDefinitions, KeySchema } = Properties;
  return { TableName, BillingMode, AttributeDefinitions, KeySchema };
}
