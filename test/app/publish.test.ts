import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel, PeopleChannel, ProgramChannel } from '../../shared/app/alert-ports.ts';
import { catchUp } from '../../shared/app/catch-up.ts';
import { publish } from '../../shared/app/publish.ts';
import { tellPile } from '../../shared/app/tell-pile.ts';
import { memoryAlertBook } from '../../shared/aws/memory-alert-book.ts';
import { PartlyTold } from '../../shared/errors.ts';
import type { Alert, AlertRules } from '../../shared/findings/alert.ts';
import type { SubjectRecord, Transition } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { at, bucket, byChange, grant, presentLook, role } from '../findings/samples.ts';

function recordOf(...looks: readonly Parameters<typeof settle>[1][]): SubjectRecord {
  const [first, ...others] = looks;
  if (first === undefined) throw new Error('no look');
  const start = settle(undefined, first) as SubjectRecord;
  return others.reduce((record, look) => settle(record, look) as SubjectRecord, start);
}

const found = recordOf(presentLook(bucket, 1, [grant()]));
const right = recordOf(presentLook(bucket, 1, [grant()]), presentLook(bucket, 2, []));
const other = recordOf(presentLook(role, 1, [grant()]));

const changes = [
  { sequence: '1', after: found },
  { sequence: '2', after: other },
  { sequence: '3', before: found, after: right },
];

const inWords = ({ status, finding }: Transition) =>
  `${status} ${finding.type === 'access' ? finding.kind : 'gap'}`;

/** What an alert says, in words. */
function wordsOf(alert: Alert): string {
  if (alert.type === 'one') return inWords(alert.transition);
  return `${alert.list.pile} of ${alert.list.findings.length}`;
}

/** A channel that writes down what it is told, and refuses what `refuses` says. */
function people(told: string[], refuses: (words: string) => boolean = () => false, name = 'people') {
  const channel: PeopleChannel = {
    audience: 'people',
    name,
    async send(alert) {
      if (refuses(wordsOf(alert))) throw new Error('the topic refuses');
      told.push(wordsOf(alert));
    },
  };
  return channel;
}

function programs(told: string[], atATime = 10) {
  const channel: ProgramChannel = {
    audience: 'programs',
    name: 'programs',
    atATime,
    async send(transitions) {
      told.push(transitions.map(inWords).join(', '));
    },
  };
  return channel;
}

function open(channels: readonly Channel[], alertRules: AlertRules = { stormAfter: 20 }) {
  const clock = { now: () => new Date(at(60)) };
  return { channels, alertBook: memoryAlertBook(), alertRules, clock, log: { info() {}, warn() {} } };
}

/** Refuses so many times what has these words. */
function times(count: number, refused: string) {
  let left = count;
  return (words: string) => words === refused && left-- > 0;
}

test('writes are published in their order', async () => {
  const told: string[] = [];
  expect(await publish(open([people(told)]), changes)).toEqual({});
  expect(told).toEqual(['new s3:bucket', 'new iam:role', 'resolved s3:bucket']);
});

test('a stream that comes again, from anywhere, tells nothing twice', async () => {
  const told: string[] = [];
  const ports = open([people(told), programs(told)]);
  await publish(ports, changes);
  expect(told).toHaveLength(4);
  await publish(ports, changes);
  await publish(ports, changes.slice(1));
  expect(told).toHaveLength(4);
});

test('what a channel refuses is put off, with all that comes after it, and told later in its order', async () => {
  const told: string[] = [];
  const ports = open([people(told, times(2, 'new iam:role'))]);
  expect(await publish(ports, changes.slice(0, 2))).toEqual({});
  expect(told).toEqual(['new s3:bucket']);
  expect(await publish(ports, changes)).toEqual({});
  await expect(catchUp(ports)).rejects.toThrow('still refused by people (Error: the topic refuses)');
  expect(told).toEqual(['new s3:bucket']);
  expect(await catchUp(ports)).toEqual({ told: 2 });
  expect(told).toEqual(['new s3:bucket', 'new iam:role', 'resolved s3:bucket']);
  expect(await catchUp(ports)).toEqual({ told: 0 });
});

test('what a channel refuses for good holds up, after a while, only what else there is of the same finding', async () => {
  const told: string[] = [];
  const ports = open([people(told, (words) => words === 'new s3:bucket')]);
  const changed = { sequence: '4', before: other, after: recordOf(presentLook(role, 4, [])) };
  await publish(ports, [...changes, changed]);
  await expect(catchUp(ports)).rejects.toThrow('still refused');
  expect(told).toEqual([]);
  const later = { ...ports, clock: { now: () => new Date(at(3600)) } };
  await expect(catchUp(later)).rejects.toThrow('still refused by people');
  await expect(catchUp(later)).rejects.toThrow('still refused by people');
  expect(told).toEqual(['new iam:role', 'resolved iam:role']);
  expect(await catchUp({ ...later, channels: [people(told)] })).toEqual({ told: 2 });
  expect(told.slice(2)).toEqual(['new s3:bucket', 'resolved s3:bucket']);
});

test('a channel that is down is not asked about each of many', async () => {
  let asked = 0;
  const refusing = people([], () => {
    asked += 1;
    return true;
  });
  const ports = { ...open([refusing], { stormAfter: 500 }), clock: { now: () => new Date(at(7200)) } };
  await publish(ports, many(100));
  await expect(catchUp(ports)).rejects.toThrow('still refused');
  expect(asked).toBeLessThan(10);
});

test('what a channel took before it refused the others is not told it again', async () => {
  const told: string[] = [];
  let refusals = 1;
  const partly: ProgramChannel = {
    audience: 'programs',
    name: 'programs',
    atATime: 10,
    async send(transitions) {
      const taken = refusals-- > 0 ? transitions.slice(1, 2) : transitions;
      told.push(...taken.map(inWords));
      if (taken.length < transitions.length) throw new PartlyTold(new Set([1]), 'one of many');
    },
  };
  const ports = open([partly]);
  await publish(ports, changes);
  expect(told).toEqual(['new iam:role']);
  await publish(ports, changes);
  await catchUp(ports);
  expect(told).toEqual(['new iam:role', 'new s3:bucket', 'resolved s3:bucket']);
});

test('a channel that fails neither stops the others, nor delays them, nor makes them repeat', async () => {
  const [broken, whole, each]: [string[], string[], string[]] = [[], [], []];
  const refusing = people(broken, times(3, 'new s3:bucket'), 'chat');
  const ports = open([refusing, people(whole), programs(each)]);
  for (const _ of [1, 2]) {
    expect(await publish(ports, changes)).toEqual({});
    await expect(catchUp(ports)).rejects.toThrow('chat');
    expect(broken).toEqual([]);
    expect(whole).toHaveLength(3);
  }
  await catchUp(ports);
  expect([broken, whole]).toEqual([whole, whole]);
  expect(each).toEqual(['new s3:bucket, new iam:role, resolved s3:bucket']);
});

test('when not even that can be written down, the stream comes again, and nothing is lost or told twice', async () => {
  const told: string[] = [];
  const ports = open([people(told, times(1, 'new iam:role'))]);
  const putOff = () => Promise.reject(new Error('the table refuses'));
  expect(await publish({ ...ports, alertBook: { ...ports.alertBook, putOff } }, changes)).toEqual({
    failedSequence: '1',
  });
  expect(await publish(ports, changes)).toEqual({});
  expect(told).toEqual(['new s3:bucket', 'new iam:role', 'resolved s3:bucket']);
});

test('whatever crashes where, each channel is told everything, and twice only what it was told in the crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }), async (crashes) => {
      const [one, two]: [string[], string[]] = [[], []];
      const ports = open([people(one), programs(two, 1)]);
      let left = 0;
      const step =
        <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
        async (...given: A) => {
          left -= 1;
          if (left < 0) throw new Error('crash');
          return work(...given);
        };
      const { alertBook: book } = ports;
      const crashing = {
        ...ports,
        alertBook: {
          ...book,
          claim: step(book.claim),
          admit: step(book.admit),
          putOff: step(book.putOff),
          confirm: step(book.confirm),
        },
      };
      for (const crash of crashes) {
        left = crash;
        await publish(crashing, changes);
      }
      await publish(ports, changes);
      await catchUp(ports);
      for (const told of [one, two])
        expect(new Set(told)).toEqual(new Set(['new s3:bucket', 'new iam:role', 'resolved s3:bucket']));
      expect(one.length).toBeLessThanOrEqual(3 + crashes.length);
    }),
  );
});

test('programs are told as many at a time as they take', async () => {
  const told: string[] = [];
  await publish(open([programs(told, 2)]), changes);
  expect(told).toEqual(['new s3:bucket, new iam:role', 'resolved s3:bucket']);
});

/** Writes that one audit caused: so many buckets that let someone in. */
const many = (count: number, name = 'a', cause?: typeof byChange) =>
  Array.from({ length: count }, (_, index) => {
    const subject = { ...bucket, arn: `${bucket.arn}-${name}-${index}` };
    const look = { ...presentLook(subject, 1, [grant()]), ...(cause && { cause }) };
    return { sequence: `${index}`, after: recordOf(look) };
  });

test('of a storm the first are told one by one and the others as one list, on each channel once', async () => {
  const [one, two, each]: [string[], string[], string[]] = [[], [], []];
  const ports = open([people(one), people(two, undefined, 'chat'), programs(each, 100)], { stormAfter: 3 });
  const storm = many(12);
  await publish(ports, storm.slice(0, 5));
  await publish(ports, storm.slice(3));
  await publish(ports, storm);
  expect(one).toEqual(['new s3:bucket', 'new s3:bucket', 'new s3:bucket']);
  expect(each.join(', ').split(', ')).toHaveLength(12);
  expect(await tellPile(ports, 'storm')).toEqual({ told: 1 });
  expect(await tellPile(ports, 'storm')).toEqual({ told: 0 });
  expect(one.slice(3)).toEqual(['storm of 9']);
  expect(two).toEqual(one);
});

test('storms of two causes are two lists, and whoever else changes something is told of at once', async () => {
  const told: string[] = [];
  const ports = open([people(told)], { stormAfter: 1 });
  await publish(ports, [...many(3), ...many(4, 'b', byChange)]);
  const someoneElse = { ...byChange, actor: { principal: 'arn:aws:iam::111122223333:user/adam' } };
  await publish(ports, [
    { sequence: '9', after: recordOf({ ...presentLook(role, 1, [grant()]), cause: someoneElse }) },
  ]);
  expect(told).toEqual(['new s3:bucket', 'new s3:bucket', 'new iam:role']);
  await tellPile(ports, 'storm');
  expect(told.slice(3).toSorted()).toEqual(['storm of 2', 'storm of 3']);
});

test('what is less severe than the digest allows waits for it; programs do not wait', async () => {
  const [told, each]: [string[], string[]] = [[], []];
  const ports = open([people(told), programs(each)], { stormAfter: 20, digestBelow: 'high' });
  const critical = grant({ outsider: { type: 'anyone' }, actions: ['s3:PutBucketPolicy'] });
  const severe = {
    sequence: '4',
    after: recordOf(presentLook({ ...bucket, arn: 'arn:aws:s3:::x' }, 3, [critical])),
  };
  await publish(ports, [...changes, severe]);
  expect(told).toEqual(['new s3:bucket']);
  expect(each.join(', ').split(', ')).toHaveLength(4);
  await tellPile(ports, 'digest');
  expect(told.slice(1)).toEqual(['digest of 3']);
  await publish(ports, changes);
  expect(await tellPile(ports, 'digest')).toEqual({ told: 0 });
});

test('a list that one channel refuses waits, and is not told again where it was', async () => {
  const [told, late]: [string[], string[]] = [[], []];
  const ports = open([people(told), people(late, times(1, 'digest of 3'), 'chat')], {
    stormAfter: 20,
    digestBelow: 'critical',
  });
  await publish(ports, changes);
  await expect(tellPile(ports, 'digest')).rejects.toThrow('1 lists were not told');
  expect([told, late]).toEqual([['digest of 3'], []]);
  expect(await tellPile(ports, 'digest')).toEqual({ told: 1 });
  expect([told, late]).toEqual([['digest of 3'], ['digest of 3']]);
});

test('a changed list is told whole', async () => {
  const told: string[] = [];
  const ports = open([people(told)], { stormAfter: 20, digestBelow: 'critical' });
  await publish(ports, changes);
  const drop = ports.alertBook.drop;
  const crash = {
    ...ports,
    alertBook: { ...ports.alertBook, drop: () => Promise.reject(new Error('crash')) },
  };
  await expect(tellPile(crash, 'digest')).rejects.toThrow('crash');
  await publish(ports, [
    { sequence: '5', after: recordOf(presentLook({ ...role, arn: `${role.arn}2` }, 5, [grant()])) },
  ]);
  await tellPile({ ...ports, alertBook: { ...ports.alertBook, drop } }, 'digest');
  expect(told).toEqual(['digest of 3', 'digest of 4']);
});
