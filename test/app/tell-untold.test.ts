import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel, PeopleChannel } from '../../shared/app/alert-ports.ts';
import { catchUp } from '../../shared/app/catch-up.ts';
import { publish, type StreamChange } from '../../shared/app/publish.ts';
import { tellPile } from '../../shared/app/tell-pile.ts';
import { tellUntold } from '../../shared/app/tell-untold.ts';
import { memoryAlertBook } from '../../shared/aws/memory-alert-book.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import type { AlertRules } from '../../shared/findings/alert.ts';
import type { ExpectedGrant } from '../../shared/findings/expectation.ts';
import type { AccessFinding } from '../../shared/findings/finding.ts';
import { narrowestExpectation } from '../../shared/findings/narrowest-expectation.ts';
import type { Look, Transition } from '../../shared/findings/record.ts';
import { absentLook, at, bucket, grant, presentLook, role, unreadLook } from '../findings/samples.ts';
import { bookOn, channelOn, type Death, mortal, untilDone } from './machine.ts';

const hour = 3600;
const day = 24 * hour;

/** A store with its stream, a publisher that is given what the stream still has, and who looks after it. */
function open(alertRules: AlertRules = { stormAfter: 500 }) {
  const stream: StreamChange[] = [];
  let seconds = 0;
  const store = memoryStore((before, after) =>
    stream.push({ sequence: `${stream.length}`, ...(before && { before }), after }),
  );
  const told: Transition[] = [];
  const lists: number[] = [];
  const channel = (name: string): PeopleChannel => ({
    audience: 'people',
    name,
    async send(alert) {
      if (alert.type === 'one') told.push(alert.transition);
      else lists.push(alert.list.findings.length);
    },
  });
  const channels: readonly Channel[] = [channel('topic')];
  return {
    ports: {
      store,
      channels,
      alertBook: memoryAlertBook(),
      alertRules,
      clock: { now: () => new Date(Date.parse(at(seconds))) },
      log: { info() {}, warn() {} },
    },
    channel,
    stream,
    told,
    lists,
    words: () => told.splice(0).map(({ status, finding, at: time }) => `${status} ${finding.type} ${time}`),
    async see(...looks: readonly Look[]) {
      for (const look of looks) await store.settle(look);
    },
    /** From now on it is so many seconds later than in the beginning. */
    wait(until: number) {
      seconds = until;
    },
  };
}

test('what the stream has forgotten is told by what the records say: new, changed, expected, resolved, each once', async () => {
  const { ports, see, wait, words } = open();
  const wider = grant({ actions: ['s3:GetObject', 's3:ListBucket'] });
  const [finding] = presentLook(role, 1, [grant()]).findings as AccessFinding[];
  const owner = { owner: 'web', reason: 'wanted', until: '2030-01-01' };
  const entry = {
    ...narrowestExpectation(finding as AccessFinding, owner),
    type: 'expected',
  } as ExpectedGrant;
  const gone = { ...bucket, arn: 'arn:aws:s3:::gone' };
  const unread = { ...bucket, arn: 'arn:aws:s3:::unread' };
  await see(
    presentLook(bucket, 1, [grant()]),
    presentLook(bucket, 2, [wider]),
    presentLook(bucket, 3, [wider]),
    presentLook(role, 1, [grant()]),
    presentLook(role, 4, [grant()], [entry]),
    presentLook(gone, 1, [grant()]),
    absentLook(gone, 5),
    absentLook(gone, 6),
    unreadLook(unread, 7),
  );
  wait(hour);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
  wait(2 * hour);
  expect(await tellUntold(ports)).toEqual({ told: 4 });
  expect(words()).toEqual([
    `changed access ${at(2)}`,
    `expected access ${at(4)}`,
    `resolved access ${at(5)}`,
    `new gap ${at(7)}`,
  ]);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
  wait(13 * day);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
});

test('what was told, is on a pile, or was expected from its first look on is not told by it', async () => {
  const { ports, stream, see, wait, words, lists } = open({ stormAfter: 1, digestBelow: 'high' });
  const admin = grant({ actions: ['s3:PutBucketPolicy'], outsider: { type: 'anyone' } });
  await see(
    presentLook(bucket, 1, [grant()]),
    ...[1, 2, 3].map((each) => presentLook({ ...bucket, arn: `arn:aws:s3:::${each}` }, each, [admin])),
  );
  await publish(ports, stream);
  expect(words()).toHaveLength(1);
  wait(day);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
  for (const pile of ['storm', 'digest'] as const) await tellPile(ports, pile);
  expect(lists).toEqual([2, 1]);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
});

test('a channel that alone was not told is told alone, and what waits for one goes on waiting there, once', async () => {
  const { ports, channel, stream, see, wait, told } = open();
  await see(presentLook(bucket, 1, [grant()]));
  await publish(ports, stream);
  const refusing: PeopleChannel = { ...channel('chat'), send: () => Promise.reject(new Error('no')) };
  wait(day);
  expect(await tellUntold({ ...ports, channels: [...ports.channels, refusing] })).toEqual({ told: 1 });
  expect(told).toHaveLength(1);
  const both = { ...ports, channels: [...ports.channels, channel('chat')] };
  await tellUntold(both);
  expect(await catchUp(both)).toEqual({ told: 1 });
  expect(told).toHaveLength(2);
  expect(await tellUntold(both)).toEqual({ told: 0 });
});

test('what is late takes part in storms as what came in time', async () => {
  const { ports, see, wait, words, lists } = open({ stormAfter: 3 });
  const looks = Array.from({ length: 1200 }, (_, each) =>
    presentLook({ ...bucket, arn: `arn:aws:s3:::b-${each}` }, 1, [grant()]),
  );
  await see(...looks);
  wait(day);
  expect(await tellUntold(ports)).toEqual({ told: 1200 });
  expect(words()).toHaveLength(3);
  await tellPile(ports, 'storm');
  expect(lists).toEqual([1197]);
});

test('what is older than it is known what was told is left alone', async () => {
  const { ports, see, wait } = open();
  await see(presentLook(bucket, 1, [grant()]), presentLook(role, 1, [grant()]), absentLook(role, 2));
  wait(14 * day + 2);
  expect(await tellUntold(ports)).toEqual({ told: 0 });
});

const subjects = [bucket, role];

const anyLook: fc.Arbitrary<(second: number) => Look> = fc
  .record({
    subject: fc.constantFrom(...subjects),
    sees: fc.constantFrom('nothing', 'one', 'wider', 'two', 'unread'),
  })
  .map(({ subject, sees }) => (second) => {
    if (sees === 'unread') return unreadLook(subject, second);
    if (sees === 'nothing') return absentLook(subject, second);
    const other = grant({ outsider: { type: 'account', account: '333333333333' } });
    const wider = grant({ actions: ['s3:GetObject', 's3:ListBucket'] });
    return presentLook(
      subject,
      second,
      sees === 'two' ? [grant(), other] : [sees === 'one' ? grant() : wider],
    );
  });

const deaths: fc.Arbitrary<readonly Death[]> = fc.uniqueArray(
  fc.record({
    at: fc.integer({ min: 1, max: 12 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  { maxLength: 3, selector: ({ at: time }) => time },
);

test('whatever the stream loses, and whoever dies where while it is told late: what people were told last is what there is', async () => {
  const writes = fc.array(fc.tuple(anyLook, fc.boolean()), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      writes,
      fc.uniqueArray(fc.nat(11), { maxLength: 6 }),
      deaths,
      async (looks, late, ends) => {
        const { ports, stream, see, wait, told } = open();
        // Some arrive behind newer ones, and some of what is written is lost on the way.
        const order = looks.map(([look], second) => look(late.includes(second) ? second : second + 20));
        await see(...order);
        const kept = stream.filter((_, place) => looks[place]?.[1]);
        await publish(ports, kept);
        wait(day);
        const process = mortal(async () => {}, ends);
        await untilDone(process, async (operate) => {
          const channels = ports.channels.map((each) => channelOn(each, operate));
          await tellUntold({ ...ports, channels, alertBook: bookOn(ports.alertBook, operate) });
          await catchUp({ ...ports, channels, alertBook: bookOn(ports.alertBook, operate) });
          return true;
        });
        const heard = new Map(told.map((each) => [each.id, each]));
        expect(told.length - heard.size).toBeLessThanOrEqual(ends.length);
        const state = new Set<string>();
        for (const { status, finding } of heard.values())
          if (status === 'resolved') state.delete(finding.id);
          else state.add(finding.id);
        const there: string[] = [];
        for await (const { findings } of ports.store.all())
          there.push(...findings.map(({ finding }) => finding.id));
        expect([...state].toSorted()).toEqual(there.toSorted());
        expect(await tellUntold(ports)).toEqual({ told: 0 });
      },
    ),
    { numRuns: 300 },
  );
});
