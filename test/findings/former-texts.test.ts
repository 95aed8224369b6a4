import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cause } from '../../shared/findings/finding.ts';
import { isUnannounced, policyChange } from '../../shared/findings/former-texts.ts';
import type { KeptFinding, Look, SubjectRecord, Transition } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { absentLook, at, bucket, byAudit, byChange, grant, presentLook, unreadLook } from './samples.ts';

const textsOf = (text: string) => [{ name: 'policy', text }];

/** A look that saw this text, and these accounts let in. */
function lookAt(second: number, text: string, accounts: readonly string[], cause: Cause = byAudit): Look {
  const grants = accounts.map((account) => grant({ outsider: { type: 'account', account } }));
  const sight = { state: 'present', policyHash: text, policies: textsOf(text) } as const;
  return { ...presentLook(bucket, second, grants), sight, cause };
}

function play(...looks: readonly Look[]) {
  let record: SubjectRecord | undefined;
  const told: Transition[] = [];
  for (const look of looks) {
    const after = settle(record, look);
    if (after === 'older') continue;
    told.push(...transitions(record, after));
    record = after;
  }
  if (record === undefined) throw new Error('no record');
  const accountOf = ({ finding }: KeptFinding) =>
    finding.type === 'access' && finding.grant.outsider.type === 'account'
      ? finding.grant.outsider.account
      : 'gap';
  const kept = new Map(record.findings.map((each) => [accountOf(each), each]));
  const before = (account: string) =>
    policyChange(record as SubjectRecord, kept.get(account) as KeptFinding)?.before;
  return { record, told, kept, before };
}

const [one, two] = ['222222222222', '333333333333'] as const;

test('each finding has the policy from before it became what it is, however often the policy changes afterwards', () => {
  const { before, record } = play(
    lookAt(1, 'none', []),
    lookAt(2, 'one', [one]),
    lookAt(3, 'both', [one, two]),
    lookAt(4, 'both, reworded', [one, two]),
    unreadLook(bucket, 5),
  );
  expect(before(one)).toEqual(textsOf('none'));
  expect(before(two)).toEqual(textsOf('one'));
  expect(record.former?.map(({ until }) => until)).toEqual([at(3), at(2)]);
});

test('what no finding needs any more is not kept', () => {
  const { record } = play(lookAt(1, 'none', []), lookAt(2, 'one', [one]), lookAt(3, 'none', []));
  expect(record.former).toEqual([]);
});

test('where there was no policy the one before is empty, and where nobody looked it is not known', () => {
  expect(play(absentLook(bucket, 1), lookAt(2, 'one', [one])).before(one)).toEqual([]);
  expect(play(lookAt(2, 'one', [one])).before(one)).toBeUndefined();
  expect(play(unreadLook(bucket, 1), lookAt(2, 'one', [one])).before(one)).toBeUndefined();
});

test('former texts have a bound, and the newest are kept', () => {
  const long = (name: string) => name.repeat(50_000);
  const accounts = Array.from({ length: 6 }, (_, index) => String(index).padStart(12, '4'));
  const looks = accounts.map((_, index) => lookAt(index, long(String(index)), accounts.slice(0, index)));
  const { record } = play(...looks);
  expect(record.former?.map(({ until }) => until)).toEqual([at(5), at(4)]);
});

test('what an audit finds changed before any event told of it says so; what it sees first, or an event tells, does not', () => {
  const told = (...looks: readonly Look[]) => play(...looks).told.at(-1)?.unannounced;
  expect(told(lookAt(1, 'none', []), lookAt(2, 'one', [one]))).toBe(true);
  expect(told(lookAt(1, 'one', [one]), lookAt(2, 'none', []))).toBe(true);
  expect(told(lookAt(1, 'one', [one]))).toBeUndefined();
  expect(told(lookAt(1, 'same', []), lookAt(2, 'same', [one]))).toBeUndefined();
  expect(told(lookAt(1, 'none', []), lookAt(2, 'one', [one], byChange))).toBeUndefined();
});

test('what an audit was started for explains what the same policy means now, and no other policy', () => {
  const started = (look: Look): Look => ({ ...look, audit: 'departed-1' });
  const last = (...looks: readonly Look[]) => play(...looks).told.at(-1);
  const [before, audited] = [lookAt(1, 'none', []), { by: 'audit', audit: 'departed-1' }];
  expect(last(before, started(lookAt(2, 'none', [one], byChange)))).toMatchObject({ cause: byChange });
  expect(last(before, started(lookAt(2, 'one', [one], byChange)))).toMatchObject({
    cause: audited,
    unannounced: true,
  });
  const gone = last(lookAt(1, 'one', [one]), started(lookAt(2, 'none', [], byChange)));
  expect(gone).toMatchObject({ status: 'resolved', cause: audited, unannounced: true });
});

test('an event that tells later of what an audit saw names who it was, and is no second alert', () => {
  const happened = (second: number): Cause => ({
    ...(byChange as typeof byChange & { by: 'change' }),
    eventTime: at(second),
  });
  const looks = [lookAt(1, 'none', []), lookAt(9, 'one', [one])];
  const late = (eventSecond: number) => play(...looks, lookAt(12, 'one', [one], happened(eventSecond)));
  const { told, kept, record } = late(5);
  expect(told).toHaveLength(1);
  expect(kept.get(one)?.cause).toEqual(happened(5));
  const change = policyChange(record, kept.get(one) as KeptFinding);
  expect(isUnannounced(kept.get(one)?.cause as Cause, change)).toBe(false);
  for (const eventSecond of [0, 10]) expect(late(eventSecond).kept.get(one)?.cause).toEqual(byAudit);
});

test('former texts are those of the looks in their order, whatever comes late', () => {
  const looks = [1, 2, 3, 4, 5].map((second) =>
    lookAt(second, `text ${second}`, second % 2 === 0 ? [one] : [one, two]),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(looks, { minLength: 1 }), (arriving) => {
      const { record } = play(...arriving);
      for (const { seen, until, policies } of record.former ?? []) {
        expect(seen < until).toBe(true);
        expect(policies).toEqual(textsOf(`text ${Date.parse(seen) / 1000 - Date.parse(at(0)) / 1000}`));
      }
    }),
  );
});
