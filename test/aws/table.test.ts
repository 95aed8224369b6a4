import { randomBytes } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { itemOf, pack, recordOf, sortKey } from '../../shared/aws/table-item.ts';
import { changesOf } from '../../shared/aws/table-stream.ts';
import { InputError, OperationError } from '../../shared/errors.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { bucket, grant, presentLook } from '../findings/samples.ts';

const recordWith = (count: number, noise = '') => {
  const grants = Array.from({ length: count }, (_, index) =>
    grant({ outsider: { type: 'account', account: `${300000000000 + index}` }, because: `${noise}${index}` }),
  );
  return settle(undefined, presentLook(bucket, 1, grants)) as SubjectRecord;
};

/** An item as the stream tells it: binary values are base64 text. */
const image = (item: Record<string, AttributeValue>) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );

const stream = (...records: readonly object[]) =>
  ({ Records: records.map((dynamodb) => ({ dynamodb })) }) as unknown as DynamoDBStreamEvent;

test('a record comes back from its item as it was', () => {
  const record = recordWith(3);
  expect(recordOf(itemOf(record))).toEqual(record);
});

test('thousands of grants are one item', () => {
  const body = itemOf(recordWith(5000)).body?.B;
  expect(body?.length).toBeLessThan(395 * 1024);
});

test('what is too large even so is refused with its name, not cut', () => {
  const noise = randomBytes(400 * 1024).toString('base64');
  expect(() => itemOf(recordWith(1, noise))).toThrow(OperationError);
});

test('sort keys of the longest names fit, differ, and begin as their kind does', () => {
  const arn = `arn:aws:s3:::${'ä'.repeat(1000)}`;
  const keys = [sortKey(`s3:bucket#${arn}1`), sortKey(`s3:bucket#${arn}2`)];
  for (const key of keys) {
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
    expect(key.startsWith('#s3:bucket#')).toBe(true);
  }
  expect(keys[0]).not.toBe(keys[1]);
});

test('the stream tells of records before and after, in their order, and of nothing else', () => {
  const [first, second] = [recordWith(1), recordWith(2)];
  const coverage = { pk: { S: '#audit/1' }, sk: { S: '#x' }, body: { B: pack({}) } };
  const event = stream(
    { SequenceNumber: '1', NewImage: image(itemOf(first)) },
    { SequenceNumber: '2', NewImage: image(coverage) },
    { SequenceNumber: '3', OldImage: image(itemOf(first)), NewImage: image(itemOf(second)) },
  );
  expect(changesOf(event)).toEqual([
    { sequence: '1', after: first },
    { sequence: '3', before: first, after: second },
  ]);
});

test('an item that is no record is named, not passed over', () => {
  const broken = { pk: { S: 'a' }, sk: { S: '#b' }, body: { B: 'AAAA' } };
  expect(() => changesOf(stream({ SequenceNumber: '1', NewImage: broken }))).toThrow(InputError);
});
