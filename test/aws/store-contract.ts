import { describe, expect, test } from 'vitest';
import type { Store } from '../../shared/app/ports.ts';
import type { Subject } from '../../shared/findings/finding.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import {
  absentLook,
  at,
  bucket,
  byChange,
  grant,
  place,
  presentLook,
  role,
  unreadLook,
} from '../findings/samples.ts';

async function collect(records: AsyncIterable<SubjectRecord>): Promise<readonly SubjectRecord[]> {
  const collected: SubjectRecord[] = [];
  for await (const record of records) collected.push(record);
  return collected;
}

const subjectsOf = async (records: AsyncIterable<SubjectRecord>) =>
  new Set((await collect(records)).map(({ subject }) => JSON.stringify(sorted(subject))));

/** A subject with its fields in one order: a store may return them in another. */
const sorted = (subject: object): unknown =>
  Object.entries(subject)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, typeof value === 'object' ? sorted(value) : value]);

const setOf = (...subjects: readonly Subject[]) =>
  new Set(subjects.map((each) => JSON.stringify(sorted(each))));

/** What every store must do, whatever it keeps its records in. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store> | Store): void {
  describe(`${name} keeps the contract of stores`, () => {
    test('what was never looked at is not there', async () => {
      const store = await open();
      expect(await store.read(bucket)).toBeUndefined();
      expect(await collect(store.all())).toEqual([]);
      expect(await collect(store.records(place))).toEqual([]);
    });

    test('a look is kept whole', async () => {
      const store = await open();
      const note = {
        type: 'dead-statement',
        statement: { policy: 'policy', index: 1, sid: 'Old' },
        because: 'nothing matches it',
      } as const;
      const look = { ...presentLook(bucket, 1, [grant()]), cause: byChange, notes: [note] };
      expect(await store.settle(look)).toBe('settled');
      expect(await store.read(bucket)).toEqual({
        subject: bucket,
        lookedAt: at(1),
        cause: byChange,
        sight: look.sight,
        lastRead: { at: at(1), cause: byChange, sight: look.sight },
        findings: [
          {
            finding: look.findings[0],
            firstSeen: at(1),
            lastSeen: at(1),
            since: at(1),
            cause: byChange,
            status: 'new',
          },
        ],
        former: [],
        notes: [note],
      });
    });

    test('an older look and a repetition change nothing, and say so', async () => {
      const store = await open();
      const look = presentLook(bucket, 2, [grant()]);
      await store.settle(look);
      const kept = await store.read(bucket);
      expect(await store.settle(look)).toBe('older');
      expect(await store.settle(absentLook(bucket, 1))).toBe('older');
      expect(await store.read(bucket)).toEqual(kept);
    });

    test('an unread look keeps the findings, and reading again takes the gap away', async () => {
      const store = await open();
      await store.settle(presentLook(bucket, 1, [grant()]));
      await store.settle(unreadLook(bucket, 2));
      const types = async () => (await store.read(bucket))?.findings.map(({ finding }) => finding.type);
      expect(await types()).toEqual(['access', 'gap']);
      await store.settle(presentLook(bucket, 3, [grant()]));
      expect(await types()).toEqual(['access']);
    });

    test('a look that could read fills in behind a newer one that could not', async () => {
      const store = await open();
      await store.settle(unreadLook(bucket, 3));
      expect(await store.settle(presentLook(bucket, 2, [grant()]))).toBe('settled');
      expect(await store.settle(presentLook(bucket, 2, [grant()]))).toBe('older');
      expect(await store.read(bucket)).toMatchObject({ lookedAt: at(3), lastRead: { at: at(2) } });
    });

    test('of many looks at once the newest is kept', async () => {
      const store = await open();
      const seconds = [4, 1, 8, 3, 7, 2, 6, 5];
      const outcomes = await Promise.all(
        seconds.map((second) => store.settle(presentLook(bucket, second, second === 8 ? [] : [grant()]))),
      );
      expect(outcomes[2]).toBe('settled');
      expect(await store.read(bucket)).toMatchObject({ lookedAt: at(8), findings: [] });
    });

    test('records are found by place and by kind, and those of one kind are not taken for another', async () => {
      const store = await open();
      const elsewhere = { ...bucket, place: { ...place, region: 'eu-west-1' } };
      const longer = { ...bucket, kind: 's3:bucket-of-another-sort' };
      const kind = { type: 'kind', place, kind: 's3:bucket' } as const;
      const whole = { type: 'place', place } as const;
      const account = { type: 'account', account: place.account } as const;
      const configuration = { type: 'configuration' } as const;
      for (const subject of [bucket, role, elsewhere, longer])
        await store.settle(presentLook(subject, 1, []));
      for (const subject of [kind, whole, account, configuration]) await store.settle(unreadLook(subject, 1));
      expect(await subjectsOf(store.records(place, 's3:bucket'))).toEqual(setOf(bucket, kind));
      expect(await subjectsOf(store.records(place))).toEqual(setOf(bucket, role, longer, kind, whole));
      expect(await subjectsOf(store.all())).toEqual(
        setOf(bucket, role, elsewhere, longer, kind, whole, account, configuration),
      );
    });

    test('hostile names and large records are kept as they are', async () => {
      const store = await open();
      const hostile = { ...bucket, arn: 'arn:aws:s3:::\u202e#"\\\n{}%00é\u{1f600}' };
      const grants = Array.from({ length: 1000 }, (_, index) =>
        grant({ outsider: { type: 'account', account: String(index).padStart(12, '0') } }),
      );
      const look = presentLook(hostile, 1, grants);
      await store.settle(look);
      const record = await store.read(hostile);
      expect(record?.subject).toEqual(hostile);
      expect(record?.findings.map(({ finding }) => finding)).toEqual(look.findings);
    });
  });
}
