import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GrantCondition } from '../../shared/access/grant.ts';
import { accessId, gapId } from '../../shared/findings/identity.ts';
import { bucket, grant, place } from './samples.ts';

const idOf = (changes: Parameters<typeof grant>[0]) => accessId(bucket.kind, bucket.arn, grant(changes));

const network = (...values: string[]): GrantCondition => ({
  key: 'aws:SourceIp',
  operator: 'IpAddress',
  values,
  bounds: 'network',
});

test('the identity is of 128 bits, and the same today and tomorrow', () => {
  expect(idOf({})).toBe('2d2390e79185f33d2db4101b86845f7e');
});

test('the order and the spelling of a policy do not matter', () => {
  const reference = idOf({ conditions: [network('192.0.2.0/24', '198.51.100.0/24')] });
  expect(
    idOf({
      conditions: [
        {
          ...network('198.51.100.0/24', '192.0.2.0/24', '192.0.2.0/24'),
          key: 'AWS:sourceip',
          operator: 'ipaddress',
        },
      ],
      statements: [{ policy: 'policy', index: 7 }],
      because: 'another sentence',
    }),
  ).toBe(reference);
});

test('an account and its root are the same outsider, and a role of it is another', () => {
  const account = '222222222222';
  const of = (principal: string) => idOf({ outsider: { type: 'account', account, principal } });
  expect(of(`arn:aws:iam::${account}:root`)).toBe(idOf({}));
  expect(of(`arn:aws:iam::${account}:role/ci`)).not.toBe(idOf({}));
});

test('one more action of the same class is the same grant, one of a worse class is another', () => {
  expect(idOf({ actions: ['s3:GetObject', 's3:ListBucket'] })).toBe(idOf({}));
  expect(idOf({ actions: ['s3:GetObject', 's3:PutObject'] })).not.toBe(idOf({}));
});

test('a condition that keeps callers out is part of the identity, one that the caller satisfies is not', () => {
  expect(idOf({ conditions: [network('192.0.2.0/24')] })).not.toBe(idOf({}));
  expect(idOf({ conditions: [{ ...network('x'), bounds: 'request' }] })).toBe(idOf({}));
});

test('no two resources share an identity, whatever their names hold', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (kind, arn, otherKind, otherArn) => {
      fc.pre(kind !== otherKind || arn !== otherArn);
      return accessId(kind, arn, grant()) !== accessId(otherKind, otherArn, grant());
    }),
  );
});

test('a gap is known by its subject', () => {
  const kind = { type: 'kind', place, kind: 'sqs:queue' } as const;
  expect(gapId(kind)).toBe(gapId({ ...kind }));
  const gaps = [
    gapId(kind),
    gapId({ type: 'place', place }),
    gapId({ type: 'account', account: place.account }),
    gapId({ type: 'configuration' }),
    gapId(bucket),
  ];
  expect(new Set(gaps).size).toBe(gaps.length);
});
