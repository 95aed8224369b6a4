import { describe, expect, test } from 'vitest';
import type { AlertBook } from '../../shared/app/alert-ports.ts';
import { briefOf } from '../../shared/findings/brief.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { at, bucket, grant, presentLook } from '../findings/samples.ts';

const record = settle(
  undefined,
  presentLook(
    bucket,
    1,
    ['a', 'b', 'c'].map((id) => grant({ outsider: { type: 'canonical-user', id } })),
  ),
) as SubjectRecord;
const told = transitions(undefined, record);
const briefs = told.map(briefOf);

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function heldIn(book: AlertBook) {
  const held: string[] = [];
  for await (const { group, brief } of book.held('storm')) held.push(`${group} ${brief.id}`);
  return held.toSorted();
}

/** What every alert book must do, whatever it is kept in. `open` gives an empty one. */
export function alertBookContract(name: string, open: () => Promise<AlertBook> | AlertBook): void {
  describe(`${name} keeps the contract of alert books`, () => {
    test('what is confirmed is told, for its channel alone, and what is released is free', async () => {
      const book = await open();
      expect(await book.claim('alert', 'topic')).toBe('claimed');
      await book.release('alert', 'topic');
      expect(await book.claim('alert', 'topic')).toBe('claimed');
      await book.confirm('alert', 'topic');
      expect(await book.claim('alert', 'topic')).toBe('told');
      expect(await book.claim('alert', 'chat')).toBe('claimed');
      expect(await book.claim('another', 'topic')).toBe('claimed');
    });

    test('of any number of alerts it is known which channels took them, and not which have claimed them', async () => {
      const book = await open();
      const alerts = Array.from({ length: 230 }, (_, index) => `alert-${index}`);
      for (const [alert, channel] of [
        ['alert-0', 'topic'],
        ['alert-0', 'chat'],
        ['alert-229', 'topic'],
      ] as const) {
        await book.claim(alert, channel);
        await book.confirm(alert, channel);
      }
      await book.claim('alert-229', 'chat');
      const told = await book.told(alerts);
      const channels = alerts.map((alert) => [...(told.get(alert) ?? [])].toSorted());
      expect(channels).toEqual([['chat', 'topic'], ...Array(228).fill([]), ['topic']]);
    });

    test('of one cause so many are admitted, whatever comes when and however often', async () => {
      const book = await open();
      const ask = (alert: string) => book.admit('cause', alert, 2);
      expect([await ask('a'), await ask('a'), await ask('b'), await ask('c')]).toEqual([
        true,
        true,
        true,
        false,
      ]);
      expect([await ask('b'), await ask('a'), await ask('c')]).toEqual([true, true, false]);
      expect(await book.admit('another', 'c', 2)).toBe(true);
    });

    test('a pile holds each transition once, by group, until it is dropped', async () => {
      const book = await open();
      for (const brief of [...briefs, ...briefs]) await book.hold('storm', 'one', brief);
      for (const brief of briefs.slice(0, 1)) await book.hold('storm', 'two', brief);
      await book.hold('digest', 'one', briefs[0] as (typeof briefs)[0]);
      expect(await heldIn(book)).toEqual(
        [...briefs.map(({ id }) => `one ${id}`), `two ${briefs[0]?.id}`].toSorted(),
      );
      await book.drop('storm', 'one', briefs);
      expect(await heldIn(book)).toEqual([`two ${briefs[0]?.id}`]);
      for await (const { brief } of book.held('digest')) expect(brief).toEqual(briefs[0]);
    });

    test('what is put off for a channel waits there once, in the order of its looks, whole', async () => {
      const book = await open();
      const later = told.map((each, second) => ({ ...each, at: at(9 - second) }));
      for (const each of [...later, ...later]) await book.putOff('topic', each);
      const waiting = await collect(book.putOffs('topic'));
      expect(waiting).toEqual(later.toReversed());
      for (const each of waiting.slice(1)) await book.caughtUp('topic', each);
      expect(await collect(book.putOffs('topic'))).toEqual(waiting.slice(0, 1));
      expect(await collect(book.putOffs('chat'))).toEqual([]);
    });
  });
}
