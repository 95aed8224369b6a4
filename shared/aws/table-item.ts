import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Subject } from '../findings/finding.ts';
import type { SubjectRecord } from '../findings/record.ts';
import { recordVersion } from '../findings/settle.ts';
import { subjectKey } from '../findings/subject.ts';

/** An item's key. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

const longestSort = 1024;

/** The item may have 400 kB; its keys and version take some. */
export const longestBody = 395 * 1024;

/** Partitions of this prefix hold what is written down beside subjects: the coverage of audits, what was told. */
export const asidePrefix = '#';

/** A sort key begins with `#`, for it must not be empty; the end of one that is too long is replaced by its hash. */
export function sortKey(sort: string): string {
  const key = `#${sort}`;
  if (Buffer.byteLength(key) <= longestSort) return key;
  const hash = createHash('sha256').update(key).digest('hex');
  return `${Buffer.from(key)
    .subarray(0, longestSort - 80)
    .toString()}#${hash}`;
}

/** Where the record of a subject stands in the table. */
export function itemKey(subject: Subject): ItemKey {
  const { partition, sort } = subjectKey(subject);
  return { pk: partition, sk: sortKey(sort) };
}

/** What a thing is in the table: compressed, for a key with thousands of grants is one item too. */
export const pack = (thing: unknown): Uint8Array => gzipSync(JSON.stringify(thing));

/** The thing that was packed. */
export const unpack = <T>(body: Uint8Array): T => JSON.parse(gunzipSync(body).toString('utf8')) as T;

/** A record as an item. */
export type RecordItem = Record<'pk' | 'sk' | 'version' | 'body', AttributeValue>;

/** The item of a record; undefined when it is too large even compressed: some five megabytes of findings. */
export function itemOf(record: SubjectRecord): RecordItem | undefined {
  const { pk, sk } = itemKey(record.subject);
  const body = pack(record);
  if (body.length > longestBody) return undefined;
  return { pk: { S: pk }, sk: { S: sk }, version: { S: recordVersion(record) }, body: { B: body } };
}

/** The record of an item; undefined for items of other sorts. */
export function recordOf(
  item: Readonly<Record<string, AttributeValue>> | undefined,
): SubjectRecord | undefined {
  const body = item?.body?.B;
  if (body === undefined || item?.pk?.S?.startsWith(asidePrefix)) return undefined;
  return unpack<SubjectRecord>(body);
}
