import { type Place, partitionOf } from '../iam/place.ts';
import type { ChangeEvent } from './change-event.ts';
import { type OwnNames, type OwnPart, ownParts } from './own-parts.ts';
import { claims } from './route.ts';

/** A part of trustwatch that a change was made to. */
export interface TamperedPart {
  readonly place: Place;
  readonly part: string;
  /** As the record names it. */
  readonly name: string;
}

/** The texts at a path below `detail`. */
function textsAt(detail: ChangeEvent['detail'], path: string): readonly string[] {
  const value = path
    .split('.')
    .reduce<unknown>((held, key) => (held as Record<string, unknown> | null | undefined)?.[key], detail);
  return [value].flat().filter((each) => typeof each === 'string');
}

/** Whether a name, an ARN or a URL names something that is called `own`, or `own-` and more. Buckets are in small letters. */
function isNamedAfter(text: string, own: string): boolean {
  const [name, wanted] = [text.toLowerCase(), own.toLowerCase()];
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
    const [before, after] = [name.charAt(at - 1), name.charAt(at + wanted.length)];
    if (/^[:/]?$/.test(before) && /^[-:/]?$/.test(after)) return true;
  }
  return false;
}

function nameIn({ namedAt, anybodys }: OwnPart, detail: ChangeEvent['detail'], own: readonly string[]) {
  const named = namedAt.flatMap((path) => textsAt(detail, path));
  return anybodys
    ? (named[0] ?? 'that it names')
    : named.find((text) => own.some((name) => isNamedAfter(text, name)));
}

/** The part of trustwatch that a CloudTrail record changes; undefined for every other record, and for a call that failed. */
export function tamperedPart(
  { account: receiver, detail }: ChangeEvent,
  own: OwnNames,
): TamperedPart | undefined {
  if (detail.errorCode) return undefined;
  const account = detail.recipientAccountId ?? receiver;
  const names = [own.auditRole, ...(account === own.account ? [own.stack] : [])];
  for (const part of ownParts) {
    if (part.source !== detail.eventSource || !claims(part, detail.eventName)) continue;
    const name = nameIn(part, detail, names);
    const place = { partition: partitionOf(detail.awsRegion), account, region: detail.awsRegion };
    if (name !== undefined) return { place, part: part.part, name };
  }
  return undefined;
}
