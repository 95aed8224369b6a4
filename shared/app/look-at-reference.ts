import { OperationError } from '../errors.ts';
import type { Unread } from '../findings/finding.ts';
import type { Look } from '../findings/record.ts';
import type { Listed } from '../kinds/kind.ts';
import { outcomeOf } from '../kinds/outcome.ts';
import { absentLook, type Looking, lookAt, resourceSubject, unreadLook, unreadOf } from './look.ts';
import type { Ports, Store } from './ports.ts';
import type { KindSweep } from './sweep-kind.ts';

type Found = { readonly item: Listed } | { readonly gone: true } | { readonly unread: Unread };

async function findReferred({ kind, connection, place }: Looking, reference: string): Promise<Found> {
  try {
    const item = await kind.find(connection, place, reference);
    return item === undefined ? { gone: true } : { item };
  } catch (error) {
    return outcomeOf(kind, error) === 'gone' ? { gone: true } : { unread: unreadOf(kind, error) };
  }
}

/** The resources of the store that a reference speaks of. */
async function recordedArns(store: Store, { kind, place }: Looking, reference: string) {
  const arns: string[] = [];
  for await (const { subject } of store.records(place, kind.id))
    if (subject.type === 'resource' && kind.refersTo(reference, subject.arn, place)) arns.push(subject.arn);
  return arns;
}

/** The looks at what could not be found: the resources known by the reference, or, when unread, the kind itself. */
function looksWithout(
  looking: Looking,
  found: Exclude<Found, { item: Listed }>,
  arns: readonly string[],
): readonly Look[] {
  if ('gone' in found) return arns.map((arn) => absentLook(looking, arn, 'gone'));
  const { kind, place, at, cause } = looking;
  const kindSubject = { type: 'kind', place, kind: kind.id } as const;
  const subjects = arns.length === 0 ? [kindSubject] : arns.map((arn) => resourceSubject(looking, arn));
  return subjects.map((subject) => unreadLook(subject, at, cause, found.unread));
}

const isThrottled = ({ sight }: Look) => sight.state === 'unread' && sight.unread.reason === 'throttled';

/**
 * Reads again the one resource that a change names, settles the look and returns it. A resource that is gone is looked up in
 * the store, and is absent from now on. Fails, with nothing settled, when the service throttles: the change is
 * to come again.
 */
export async function lookAtReference(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { kind, place, session, cause, surroundings }: KindSweep,
  reference: string,
): Promise<readonly Look[]> {
  const at = clock.now().toISOString();
  const connection = await kind.connect(session.open(place.region), place);
  const looking: Looking = { kind, place, connection, cause, surroundings, at };
  const found = await findReferred(looking, reference);
  const looks =
    'item' in found
      ? [await lookAt(looking, found.item)]
      : looksWithout(looking, found, await recordedArns(store, looking, reference));
  if (looks.some(isThrottled))
    throw new OperationError(
      `${kind.id} of ${place.account} is throttled`,
      'the queue delivers the event again',
    );
  for (const look of looks) await store.settle(look);
  return looks;
}
