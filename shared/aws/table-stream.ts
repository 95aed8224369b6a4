import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamChange } from '../app/publish.ts';
import { InputError } from '../errors.ts';
import type { SubjectRecord } from '../findings/record.ts';
import { failureText } from './failure.ts';
import { asidePrefix, unpack } from './table-item.ts';

type Image = Readonly<Record<string, AttributeValue>>;

const isRecord = (image: Image | undefined) =>
  image?.body?.B !== undefined && !image.pk?.S?.startsWith(asidePrefix);

/** The record of an image: in a stream's event, binary values are base64 text. */
function recordOfImage(image: Image | undefined, where: string): SubjectRecord | undefined {
  const body = image?.body?.B;
  if (body === undefined) return undefined;
  try {
    return unpack<SubjectRecord>(Buffer.from(body, 'base64'));
  } catch (error) {
    throw new InputError(
      where,
      `the item is no record (${failureText(error)})`,
      'restore it from a backup, or delete it: the next audit writes it again',
    );
  }
}

function changeOf({ dynamodb }: DynamoDBRecord): readonly StreamChange[] {
  const image = dynamodb?.NewImage ?? dynamodb?.OldImage;
  if (!isRecord(image)) return [];
  const where = `table item ${image?.pk?.S} ${image?.sk?.S}`;
  const before = recordOfImage(dynamodb?.OldImage, where);
  const after = recordOfImage(dynamodb?.NewImage, where);
  return [{ sequence: dynamodb?.SequenceNumber ?? '', ...(before && { before }), ...(after && { after }) }];
}

/**
 * The writes of records that a batch of the table's stream tells of, in their order. Items that are no records
 * (the coverage of audits, what was told) are left out.
 * @throws InputError for an item that cannot be read
 */
export function changesOf({ Records }: DynamoDBStreamEvent): readonly StreamChange[] {
  return Records.flatMap(changeOf);
}
