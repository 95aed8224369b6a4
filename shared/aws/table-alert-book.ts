import { setTimeout as sleep } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import type { AlertBook } from '../app/alert-ports.ts';
import { type Pile, toldKeptDays } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import type { Transition } from '../findings/record.ts';
import { type OpenTable, openTable, type TableSettings } from './table.ts';
import { asidePrefix, longestBody, pack, sortKey, unpack } from './table-item.ts';

/** A send takes less; whoever has claimed for longer has crashed. */
const usualLeaseMs = 30_000;

/** A day more than anybody asks for it. */
const keptDays = toldKeptDays + 1;

/** The lease of what was told: it never lapses. */
const forever = Number.MAX_SAFE_INTEGER;

/** BatchGetItem takes so many keys. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostKeys = 100;

/** Items that are deleted at a time. */
const dropConcurrency = 16;

type Key = Readonly<Record<'pk' | 'sk', AttributeValue>>;

const alertPrefix = `${asidePrefix}alert/`;

const alertKey = (alert: string): Key => ({ pk: { S: `${alertPrefix}${alert}` }, sk: { S: sortKey('') } });

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

/**
 * The alert book in the table of records, in partitions of its own, which the stream's reader passes over. An alert is
 * one item, and has of each channel until when it is somebody's to tell it there.
 */
export function tableAlertBook(settings: TableSettings, leaseMs = usualLeaseMs): AlertBook {
  const open = openTable(settings);

  /**
   * Writes down until when an alert is somebody's to tell on a channel; with `asOf`, only when it is nobody's then.
   * @returns whether it was written down
   */
  async function lease(alert: string, channel: string, until: number, asOf?: number): Promise<boolean> {
    const { sdk, table, client } = await open();
    const isFree = 'attribute_not_exists(#channel) OR #channel < :asOf';
    const command = new sdk.UpdateItemCommand({
      TableName: table,
      Key: alertKey(alert),
      UpdateExpression: 'SET #channel = :until, expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#channel': channel },
      ExpressionAttributeValues: {
        ':until': { N: `${until}` },
        ':expiresAt': expiresAt(),
        ...(asOf !== undefined && { ':asOf': { N: `${asOf}` } }),
      },
      ...(asOf !== undefined && { ConditionExpression: isFree }),
    });
    return ifHolds(open, () => client.send(command));
  }

  async function leaseOf(alert: string, channel: string): Promise<number> {
    const { sdk, table, client } = await open();
    const { Item } = await client.send(
      new sdk.GetItemCommand({ TableName: table, Key: alertKey(alert), ConsistentRead: true }),
    );
    return Number(Item?.[channel]?.N ?? 0);
  }

  async function* items(keys: readonly Key[]) {
    const { sdk, table, client } = await open();
    for (let left = [...keys]; left.length > 0; ) {
      const Keys = left.splice(0, mostKeys);
      const command = new sdk.BatchGetItemCommand({ RequestItems: { [table]: { Keys } } });
      const { Responses, UnprocessedKeys } = await client.send(command);
      yield* Responses?.[table] ?? [];
      left = [...((UnprocessedKeys?.[table]?.Keys ?? []) as Key[]), ...left];
    }
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
      for (;;) {
        const now = Date.now();
        if (await lease(alert, channel, now + leaseMs, now)) return 'claimed';
        const until = await leaseOf(alert, channel);
        if (until === forever) return 'told';
        await sleep(Math.min(Math.max(until - Date.now(), 50), leaseMs));
      }
    },

    async confirm(alert, channel) {
      await lease(alert, channel, forever);
    },

    async release(alert, channel) {
      // Not what somebody else has told meanwhile.
      await lease(alert, channel, 0, forever);
    },

    async told(alerts) {
      const channels = new Map(alerts.map((alert) => [alert, new Set<string>()]));
      for await (const { pk, ...leases } of items(alerts.map(alertKey)))
        for (const [channel, until] of Object.entries(leases))
          if (Number(until.N) === forever) channels.get(pk?.S?.slice(alertPrefix.length) ?? '')?.add(channel);
      return channels;
    },

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
