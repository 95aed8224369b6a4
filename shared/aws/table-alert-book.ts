import { setTimeout as sleep } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { AlertBook } from '../app/ports.ts';
import type { Pile } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import type { Transition } from '../findings/record.ts';
import { type OpenTable, openTable, type TableSettings } from './table.ts';
import { asidePrefix, longestBody, pack, sortKey, unpack } from './table-item.ts';

/** A send takes less; whoever has claimed for longer has crashed. */
const usualLeaseMs = 30_000;

/** The stream keeps what it tells for a day, the queue of its failures for 14 days: nobody asks later. */
const keptDays = 15;

/** Items that are deleted at a time. */
const dropConcurrency = 16;

type Key = Readonly<Record<'pk' | 'sk', AttributeValue>>;

const claimKey = (alert: string, channel: string): Key => ({
  pk: { S: `${asidePrefix}alert/${alert}` },
  sk: { S: sortKey(channel) },
});

const pileKey = (pile: Pile) => `${asidePrefix}pile/${pile}`;

const heldKey = (pile: Pile, group: string, { id }: Brief): Key => ({
  pk: { S: pileKey(pile) },
  sk: { S: sortKey(`${group}/${id}`) },
});

const lateKey = (channel: string) => `${asidePrefix}late/${channel}`;

const putOffKey = (channel: string, { at, id }: Transition): Key => ({
  pk: { S: lateKey(channel) },
  sk: { S: sortKey(`${at}/${id}`) },
});

/** The table's own time to live: seconds since 1970. */
const expiresAt = () => ({ N: `${Math.floor(Date.now() / 1000) + keptDays * 86_400}` });

/** Puts or changes an item if its condition holds; false when it does not. */
async function ifHolds(open: OpenTable, write: () => Promise<unknown>): Promise<boolean> {
  const { sdk } = await open();
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof sdk.ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** The alert book in the table of records, in partitions of its own, which the stream's reader passes over. */
export function tableAlertBook(settings: TableSettings, leaseMs = usualLeaseMs): AlertBook {
  const open = openTable(settings);

  async function take(key: Key): Promise<boolean> {
    const { sdk, table, client } = await open();
    const now = Date.now();
    const command = new sdk.PutItemCommand({
      TableName: table,
      Item: { ...key, leaseUntil: { N: `${now + leaseMs}` }, expiresAt: expiresAt() },
      ConditionExpression: 'attribute_not_exists(pk) OR (attribute_not_exists(told) AND leaseUntil < :now)',
      ExpressionAttributeValues: { ':now': { N: `${now}` } },
    });
    return ifHolds(open, () => client.send(command));
  }

  async function read(Key: Key) {
    const { sdk, table, client } = await open();
    const { Item } = await client.send(
      new sdk.GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
    );
    return { isTold: Item?.told !== undefined, leaseUntil: Number(Item?.leaseUntil?.N ?? 0) };
  }

  async function remove(Key: Key): Promise<void> {
    const { sdk, table, client } = await open();
    await client.send(new sdk.DeleteItemCommand({ TableName: table, Key }));
  }

  async function put(Item: Readonly<Record<string, AttributeValue>>): Promise<void> {
    const { sdk, table, client } = await open();
    await client.send(new sdk.PutItemCommand({ TableName: table, Item }));
  }

  async function* partition(pk: string) {
    const { sdk, table, client } = await open();
    const query = {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    };
    for await (const { Items = [] } of sdk.paginateQuery({ client, pageSize: 100 }, query)) yield* Items;
  }

  return {
    async claim(alert, channel) {
      const key = claimKey(alert, channel);
      while (!(await take(key))) {
        const { isTold, leaseUntil } = await read(key);
        if (isTold) return 'told';
        await sleep(Math.min(Math.max(leaseUntil - Date.now(), 50), leaseMs));
      }
      return 'claimed';
    },

    confirm: (alert, channel) =>
      put({ ...claimKey(alert, channel), told: { BOOL: true }, expiresAt: expiresAt() }),

    release: (alert, channel) => remove(claimKey(alert, channel)),

    async admit(cause, alert, most) {
      const { sdk, table, client } = await open();
      const command = new sdk.UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: `${asidePrefix}storm/${cause}` }, sk: { S: sortKey('') } },
        UpdateExpression: 'ADD alerts :alerts SET expiresAt = :expiresAt',
        ConditionExpression:
          'attribute_not_exists(alerts) OR contains(alerts, :alert) OR size(alerts) < :most',
        ExpressionAttributeValues: {
          ':alerts': { SS: [alert] },
          ':alert': { S: alert },
          ':most': { N: `${most}` },
          ':expiresAt': expiresAt(),
        },
      });
      return ifHolds(open, () => client.send(command));
    },

    hold: (pile, group, brief) =>
      put({ ...heldKey(pile, group, brief), group: { S: group }, body: { B: pack(brief) } }),

    async *held(pile) {
      for await (const { group, body } of partition(pileKey(pile)))
        if (group?.S !== undefined && body?.B !== undefined)
          yield { group: group.S, brief: unpack<Brief>(body.B) };
    },

    async drop(pile, group, briefs) {
      await pLimit(dropConcurrency).map(briefs, (brief) => remove(heldKey(pile, group, brief)));
    },

    putOff(channel, transition) {
      const { policies, before, newlyPossible, ...bare } = transition;
      const whole = pack(transition);
      const body = whole.length <= longestBody ? whole : pack(bare);
      return put({ ...putOffKey(channel, transition), body: { B: body } });
    },

    async *putOffs(channel) {
      for await (const { body } of partition(lateKey(channel)))
        if (body?.B !== undefined) yield unpack<Transition>(body.B);
    },

    caughtUp: (channel, transition) => remove(putOffKey(channel, transition)),
  };
}
