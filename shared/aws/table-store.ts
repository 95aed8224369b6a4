import type { Store } from '../app/ports.ts';
import { OperationError } from '../errors.ts';
import type { Unread } from '../findings/finding.ts';
import type { Look, SubjectRecord } from '../findings/record.ts';
import { recordVersion, settle } from '../findings/settle.ts';
import { formatSubject } from '../findings/subject.ts';
import { formatPlace } from '../iam/place.ts';
import { type OpenTable, openTable, type TableSettings } from './table.ts';
import { asidePrefix, itemKey, itemOf, type RecordItem, recordOf } from './table-item.ts';

/** Looks at one resource that meet: more of them in a moment do not happen. */
const maxConflicts = 10;

/** The store in DynamoDB. Reads are consistent; a record is written only over the one that it was made from. */
export function tableStore(settings: TableSettings): Store {
  const open = openTable(settings);

  async function read(subject: SubjectRecord['subject']): Promise<SubjectRecord | undefined> {
    const { sdk, table, client } = await open();
    const { pk, sk } = itemKey(subject);
    const command = new sdk.GetItemCommand({
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    });
    return recordOf((await client.send(command)).Item);
  }

  return {
    read,

    async settle(look) {
      for (let attempt = 0; attempt < maxConflicts; attempt++) {
        const before = await read(look.subject);
        const item = settledItem(before, look);
        if (item === 'older') return 'older';
        if (await replace(open, before, item)) return 'settled';
      }
      throw new OperationError(
        `the record of ${formatSubject(look.subject)} is written by too many at once`,
        'the message or sweep will be tried again',
      );
    },

    async *records(place, kind) {
      const { sdk, table, client } = await open();
      const ofKind = kind === undefined ? '' : ' AND begins_with(sk, :kind)';
      const query = {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: `pk = :place${ofKind}`,
        ExpressionAttributeValues: {
          ':place': { S: formatPlace(place) },
          ...(kind !== undefined && { ':kind': { S: `#${kind}#` } }),
        },
      };
      for await (const { Items = [] } of sdk.paginateQuery({ client }, query))
        for (const item of Items) yield* present(recordOf(item));
    },

    async *all() {
      const { sdk, table, client } = await open();
      const scan = {
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'NOT begins_with(pk, :aside)',
        ExpressionAttributeValues: { ':aside': { S: asidePrefix } },
      };
      for await (const { Items = [] } of sdk.paginateScan({ client }, scan))
        for (const item of Items) yield* present(recordOf(item));
    },
  };
}

const present = <T>(thing: T | undefined): readonly T[] => (thing === undefined ? [] : [thing]);

const tooLarge: Unread = {
  reason: 'failed',
  message: 'it lets in more outsiders than a record of the table can hold: take grants out of its policies',
};

/**
 * The item to write after a look. One that is too large is written without the policy texts; when that is too large
 * still, what was known stays, and the resource is a gap: one resource must not hold up the others.
 */
export function settledItem(before: SubjectRecord | undefined, look: Look): RecordItem | 'older' {
  const after = settle(before, look);
  if (after === 'older') return after;
  const { sight } = look;
  const bare = sight.state === 'present' ? { state: sight.state, policyHash: sight.policyHash } : sight;
  const unread: Look = { ...look, sight: { state: 'unread', unread: tooLarge }, findings: [], notes: [] };
  const whole = itemOf(after);
  if (whole !== undefined) return whole;
  for (const each of [{ ...look, sight: bare }, unread]) {
    const record = settle(before, each);
    const item = record === 'older' ? undefined : itemOf({ ...record, former: [], closed: [] });
    if (item !== undefined) return item;
  }
  throw new OperationError(
    `what is known of ${formatSubject(look.subject)} is too large for the table`,
    'take grants out of its policies, or leave its kind out of the audit',
  );
}

/** Writes an item if the record is still `before`; false when another was quicker. */
async function replace(
  open: OpenTable,
  before: SubjectRecord | undefined,
  item: RecordItem,
): Promise<boolean> {
  const { sdk, table, client } = await open();
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :before',
          ExpressionAttributeValues: { ':before': { S: recordVersion(before) } },
        };
  try {
    await client.send(new sdk.PutItemCommand({ TableName: table, Item: item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof sdk.ConditionalCheckFailedException) return false;
    throw error;
  }
}
