import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isExpected } from '../../shared/findings/expected.ts';
import type { AccessFinding } from '../../shared/findings/finding.ts';
import { accessFindings } from '../../shared/findings/from-decision.ts';
import { narrowestExpectation } from '../../shared/findings/narrowest-expectation.ts';
import type { Look, SubjectRecord, Transition } from '../../shared/findings/record.ts';
import { recordVersion, settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import {
  absentLook,
  at,
  bucket,
  byAudit,
  byChange,
  denied,
  grant,
  presentLook,
  unreadLook,
} from './samples.ts';

/** The record after these looks, and all that was published on the way. */
function play(looks: readonly Look[]) {
  const told: Transition[] = [];
  let record: SubjectRecord | undefined;
  for (const look of looks) {
    const after = settle(record, look);
    if (after === 'older') continue;
    told.push(...transitions(record, after));
    record = after;
  }
  return { record, told };
}

const summary = (told: readonly Transition[]) =>
  told.map(({ status, finding }) => `${status} ${finding.type} ${finding.severity}`);

const outsiders = ['222222222222', '333333333333', '444444444444'] as const;
const grantTo = (account: string) => grant({ outsider: { type: 'account', account } });

test('a grant is new once, and resolved when the policy is put right', () => {
  const { told } = play([
    presentLook(bucket, 1, [grant()]),
    presentLook(bucket, 2, [grant()]),
    presentLook(bucket, 3, []),
    absentLook(bucket, 4),
  ]);
  expect(summary(told)).toEqual(['new access medium', 'resolved access medium']);
  expect(told.map(({ at }) => at)).toEqual([at(1), at(3)]);
});

test('a grant that goes and comes again is new again, under the same identity and another transition', () => {
  const { told } = play([
    presentLook(bucket, 1, [grant()]),
    absentLook(bucket, 2),
    presentLook(bucket, 3, [grant()]),
  ]);
  const [first, , again] = told;
  expect(again?.finding.id).toBe(first?.finding.id);
  expect(again?.id).not.toBe(first?.id);
  expect(again?.firstSeen).toBe(at(3));
});

test('first seen stays, last seen moves, and the cause stays that of the change that made the grant', () => {
  const made = { ...presentLook(bucket, 1, [grant()]), cause: byChange };
  const { record } = play([made, presentLook(bucket, 2, [grant()])]);
  expect(record?.findings).toMatchObject([{ firstSeen: at(1), lastSeen: at(2), cause: byChange }]);
  expect(record?.cause).toEqual(byAudit);
});

test('more actions under the same identity are a change, told with the finding before', () => {
  const wider = grant({ actions: ['s3:GetObject', 's3:ListBucket'] });
  const { told } = play([presentLook(bucket, 1, [grant()]), presentLook(bucket, 2, [wider])]);
  expect(told[1]).toMatchObject({
    status: 'changed',
    firstSeen: at(1),
    at: at(2),
    before: { grant: { actions: ['s3:GetObject'] } },
    finding: { grant: { actions: ['s3:GetObject', 's3:ListBucket'] } },
  });
});

test('a condition that goes is a change, also one that bounds nobody', () => {
  const agent = { key: 'aws:UserAgent', operator: 'StringLike', values: ['ci*'], bounds: 'none' } as const;
  const bound = presentLook(bucket, 1, [grant({ conditions: [agent] })]);
  expect(summary(play([bound, presentLook(bucket, 2, [grant()])]).told)[1]).toBe('changed access medium');
});

test('another wording, another statement, another witness are no change', () => {
  const moved = grant({ because: 'said otherwise', statements: [{ policy: 'policy', index: 3 }] });
  expect(play([presentLook(bucket, 1, [grant()]), presentLook(bucket, 2, [moved])]).told).toHaveLength(1);
});

test('an unread look keeps what was known and is told once, and reading again takes the gap away', () => {
  const { record, told } = play([
    presentLook(bucket, 1, [grant()]),
    unreadLook(bucket, 2),
    unreadLook(bucket, 3),
    presentLook(bucket, 4, [grant()]),
  ]);
  expect(summary(told)).toEqual(['new access medium', 'new gap medium', 'resolved gap medium']);
  expect(record?.findings).toHaveLength(1);
});

test('a gap that nobody closes within a week is told once more, as worse, and resolved as one', () => {
  const account = { type: 'account', account: '111122223333' } as const;
  const day = 86_400;
  const seconds = [0, 1, 6, 7, 8, 30].map((days) => days * day);
  const read = { ...unreadLook(account, 31 * day), sight: { state: 'read' } } as const;
  const looks: readonly Look[] = [...seconds.map((second) => unreadLook(account, second)), read];
  let record: SubjectRecord | undefined;
  const told = looks.flatMap((look) => {
    const before = record;
    record = settle(before, look) as SubjectRecord;
    return transitions(before, record).map(({ status, finding }) => `${status} ${finding.severity}`);
  });
  expect(told).toEqual(['new high', 'changed critical', 'resolved critical']);
});

test('a gap for another reason is the same gap, changed', () => {
  const throttled = { reason: 'throttled', message: 'slow down' } as const;
  const { told } = play([unreadLook(bucket, 1), unreadLook(bucket, 2, throttled)]);
  expect(summary(told)).toEqual(['new gap medium', 'changed gap low']);
  expect(
    play([unreadLook(bucket, 1), unreadLook(bucket, 2, { ...denied, message: 'no, again' })]).told,
  ).toHaveLength(1);
});

test('a look that arrives behind an unread one fills in what that could not see, and the gap stays', () => {
  const { record, told } = play([
    unreadLook(bucket, 3),
    presentLook(bucket, 2, [grant()]),
    presentLook(bucket, 1, []),
  ]);
  expect(summary(told)).toEqual(['new gap medium', 'new access medium']);
  expect(record).toMatchObject({ lookedAt: at(3), lastRead: { at: at(2) }, sight: { state: 'unread' } });
});

test('a record that is taken out of the store tells nothing', () => {
  const { record } = play([presentLook(bucket, 1, [grant()])]);
  expect(transitions(record, undefined)).toEqual([]);
});

/** An entry for the grants of these tests; the clock starts with 2026. */
const wanted = (account: string, until = '2026-12-31') => ({
  ...narrowestExpectation(accessFindings(bucket, [grantTo(account)])[0] as AccessFinding, {
    owner: 'payments',
    reason: 'contract',
    until,
  }),
});

test('an expectation closes the alert, and when the entry is taken out the grant is new again', () => {
  const { told } = play([
    presentLook(bucket, 1, [grant()]),
    presentLook(bucket, 2, [grant()], [wanted('222222222222')]),
    presentLook(bucket, 3, [grant()], [wanted('222222222222')]),
    presentLook(bucket, 4, [grant()]),
  ]);
  expect(told.map(({ status, at }) => [status, at])).toEqual([
    ['new', at(1)],
    ['expected', at(2)],
    ['new', at(4)],
  ]);
  expect(told[1]).toMatchObject({ finding: { expectation: { owner: 'payments' } } });
  expect(told[2]).toMatchObject({ firstSeen: at(1), before: { expectation: { owner: 'payments' } } });
});

test('a grant that is expected from the first look on is kept and never told, also when it goes', () => {
  const looks = [presentLook(bucket, 1, [grant()], [wanted('222222222222')]), absentLook(bucket, 2)];
  expect(play(looks.slice(0, 1)).record?.findings).toHaveLength(1);
  expect(play(looks).told).toEqual([]);
});

test('a grant that widens under an expectation is new, and says what it was', () => {
  const wider = grant({ actions: ['s3:GetObject', 's3:ListBucket'] });
  const { told } = play([
    presentLook(bucket, 1, [grant()], [wanted('222222222222')]),
    presentLook(bucket, 2, [wider], [wanted('222222222222')]),
  ]);
  expect(told).toMatchObject([{ status: 'new', before: { grant: { actions: ['s3:GetObject'] } } }]);
});

test('an expectation ends on its day, also where nobody can look any more', () => {
  const expected = presentLook(bucket, 1, [grant()], [wanted('222222222222', '2026-01-01')]);
  const later = { ...unreadLook(bucket, 2), at: '2026-01-02T00:00:00.000Z' };
  const { told, record } = play([expected, later]);
  expect(summary(told)).toEqual(['new access medium', 'new gap medium']);
  expect(told[0]).toMatchObject({ finding: { ended: { owner: 'payments', until: '2026-01-01' } } });
  expect(state(play([later, expected]).record)).toEqual(state(record));
});

/** A look of any sort at a time of its own. */
const anyLook = fc.oneof(
  fc.tuple(fc.subarray([...outsiders]), fc.subarray([...outsiders])).map(
    ([accounts, expected]) =>
      (second: number) =>
        presentLook(
          bucket,
          second,
          accounts.map(grantTo),
          expected.map((each) => wanted(each)),
        ),
  ),
  fc
    .subarray([...outsiders])
    .map((accounts) => (second: number) => presentLook(bucket, second, accounts.map(grantTo))),
  fc.constant((second: number) => absentLook(bucket, second)),
  fc.constant((second: number) => unreadLook(bucket, second)),
);

/** Looks one a second, and an order in which they arrive, some more than once. */
const arrivals = fc
  .array(anyLook, { minLength: 1, maxLength: 12 })
  .map((makers) => makers.map((make, index) => make(index)))
  .chain((looks) =>
    fc.record({
      looks: fc.constant(looks),
      arriving: fc
        .tuple(
          fc.shuffledSubarray(looks, { minLength: looks.length, maxLength: looks.length }),
          fc.array(fc.constantFrom(...looks), { maxLength: 12 }),
        )
        .chain(([all, again]) =>
          fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
        ),
    }),
  );

const state = (record: SubjectRecord | undefined) => ({
  version: recordVersion(record),
  sight: record?.sight,
  lastRead: record?.lastRead,
  findings: record?.findings.map(({ finding }) => finding.id).toSorted(),
  open: record?.findings
    .filter(({ finding }) => !isExpected(finding))
    .map(({ finding }) => finding.id)
    .toSorted(),
});

test('late, twice and out of order: the end state is that of the looks in their order', () => {
  fc.assert(
    fc.property(arrivals, ({ looks, arriving }) => {
      expect(state(play(arriving).record)).toEqual(state(play(looks).record));
    }),
  );
});

test('each transition is told once, and what was told adds up to the end state', () => {
  fc.assert(
    fc.property(arrivals, ({ arriving }) => {
      const { record, told } = play(arriving);
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
      const open = new Set<string>();
      for (const { status, finding } of told) {
        expect(open.has(finding.id)).toBe(status !== 'new');
        if (status === 'resolved' || status === 'expected') open.delete(finding.id);
        else open.add(finding.id);
      }
      expect([...open].toSorted()).toEqual(state(record).open);
    }),
  );
});

test('nothing is resolved by a look that could not read', () => {
  fc.assert(
    fc.property(arrivals, ({ arriving }) => {
      const before = play(arriving).record;
      const { told } = { told: transitions(before, settle(before, unreadLook(bucket, 99)) as SubjectRecord) };
      expect(told.filter(({ status }) => status === 'resolved')).toEqual([]);
    }),
  );
});

test('what a hostile policy lets in and takes back by the hundred is told whole, and kept as far as a record has room', () => {
  const accountsOf = (day: number) =>
    Array.from({ length: 150 }, (_, n) => String(500_000_000_000 + day * 1000 + n));
  const days = [1, 2, 3, 4];
  const { record, told } = play(days.map((day) => presentLook(bucket, day, accountsOf(day).map(grantTo))));
  expect(told.filter(({ status }) => status === 'resolved')).toHaveLength(450);
  expect(record?.closed).toHaveLength(200);
  expect(record?.closed?.at(-1)?.at).toBe(at(4));
});
