import { type SubjectRecord, textsOf } from '../findings/record.ts';
import type { AccountId } from '../iam/arn.ts';
import { formatPlace, type Place } from '../iam/place.ts';
import type { CanonicalUsers, Store } from './ports.ts';

/** A place, and the kinds there that have a resource whose policies name somebody. */
export interface Mentions extends Place {
  readonly kinds: ReadonlySet<string>;
}

/** Whether a resource's policies, as they are known, name one of these; policies that are not kept whole may. */
function mayName(record: SubjectRecord, names: readonly string[]): boolean {
  const texts = textsOf(record);
  if (texts === undefined) return true;
  return texts.some(({ text, cut }) => cut || names.some((name) => text.includes(name)));
}

/**
 * Where policies name one of these accounts, by its id or by the id that ACLs know it by: what is known, from one look
 * at every record. What no look has seen yet, the next audit sees.
 */
export async function placesNaming(
  store: Store,
  accounts: readonly AccountId[],
  users: CanonicalUsers,
): Promise<readonly Mentions[]> {
  const names = accounts.flatMap((account) => [account, users.get(account) ?? []].flat());
  const found = new Map<string, Place & { readonly kinds: Set<string> }>();
  for await (const record of store.all()) {
    const { subject } = record;
    if (subject.type !== 'resource' || !mayName(record, names)) continue;
    const place = found.get(formatPlace(subject.place)) ?? { ...subject.place, kinds: new Set() };
    found.set(formatPlace(place), place);
    place.kinds.add(subject.kind);
  }
  return [...found.values()];
}
