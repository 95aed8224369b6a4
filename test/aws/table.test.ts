import { randomBytes } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { itemOf, pack, type RecordItem, recordOf, sortKey } from '../../shared/aws/table-item.ts';
import { settledItem } from '../../shared/aws/table-store.ts';
import { changesOf } from '../../shared/aws/table-stream.ts';
import { InputError } from '../../shared/errors.ts';
import { type SubjectRecord, textsOf } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { bucket, grant, presentLook } from '../findings/samples.ts';

const recordWith = (count: number, noise = '') => {
  const grants = Array.from({ length: count }, (_, index) =>
    grant({ outsider: { type: 'account', account: `${300000000000 + index}` }, because: `${noise}${index}` }),
  );
  return settle(undefined, presentLook(bucket, 1, grants)) as SubjectRecord;
};

/** An item as the stream tells it: binary values are base64 text. */
const image = (item: Record<string, AttributeValue> | undefined) =>
  Object.fromEntries(
    Object.entries(item ?? {}).map(([name, value]) => [
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
  const body = itemOf(recordWith(5000))?.body.B;
  expect(body?.length).toBeLessThan(395 * 1024);
});

const noise = (kilobytes: number) => randomBytes(kilobytes * 768).toString('base64');

/** A look at a policy of random text that nothing can compress, with what it lets in. */
const noisyLook = (second: number, text: string, because: string) => ({
  ...presentLook(bucket, second, [grant({ because })]),
  sight: { state: 'present', policyHash: text.slice(0, 9), policies: [{ name: 'policy', text }] } as const,
});

const written = (...given: Parameters<typeof settledItem>) =>
  recordOf(settledItem(...given) as RecordItem) as SubjectRecord;

test('policy texts that do not fit are left out, and the findings are kept', () => {
  const first = written(undefined, noisyLook(1, noise(100), ''));
  expect(first.sight).toHaveProperty('policies');
  const second = written(first, noisyLook(2, noise(450), ''));
  expect(second.findings).toHaveLength(1);
  expect([textsOf(second), second.former]).toEqual([undefined, []]);
});

test('when the findings themselves do not fit, what was known stays, and the resource is a gap', () => {
  const before = written(undefined, noisyLook(1, 'text', ''));
  const { findings, lastRead } = written(before, noisyLook(2, 'text', noise(600)));
  expect(findings.map(({ finding }) => finding.type)).toEqual(['access', 'gap']);
  expect(findings[0]).toEqual(before.findings[0]);
  expect(lastRead?.at).toBe(before.lastRead?.at);
  expect(findings[1]?.finding.title).toContain(bucket.arn);
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
