import { isForDigest, type Pile, stormKey } from '../findings/alert.ts';
import { briefOf } from '../findings/brief.ts';
import { oneLine } from '../findings/one-line.ts';
import type { SubjectRecord, Transition } from '../findings/record.ts';
import { transitions } from '../findings/transitions.ts';
import type { Ports } from './ports.ts';
import { receiverOf } from './receivers.ts';
import { tell } from './tell.ts';

/** One write of a record, as the store's stream tells it. */
export interface StreamChange {
  /** The write's place in the stream. */
  readonly sequence: string;
  readonly before?: SubjectRecord;
  readonly after?: SubjectRecord;
}

export type PublishPorts = Pick<Ports, 'channels' | 'alertBook' | 'alertRules' | 'log'>;

/** What a claim is made for that puts a transition on a pile: people are told of it by a list. */
const onPile = 'pile';

/** Daily lists have one group; each storm is a group of its own. */
const digestGroup = 'all';

/** Whether people are told of a transition by itself, or on which pile and in which group it waits. */
async function placeFor(
  { alertBook, alertRules }: PublishPorts,
  transition: Transition,
): Promise<'now' | { readonly pile: Pile; readonly group: string }> {
  if (isForDigest(alertRules, transition)) return { pile: 'digest', group: digestGroup };
  const group = stormKey(transition);
  const isAdmitted = await alertBook.admit(group, transition.id, alertRules.stormAfter);
  return isAdmitted ? 'now' : { pile: 'storm', group };
}

/** Whether everybody was told of a transition, people perhaps by a list, as the channels say that took it. */
export function isToldTo(channels: PublishPorts['channels'], took: ReadonlySet<string> | undefined): boolean {
  return channels.every(
    ({ name, audience }) => took?.has(name) || (audience === 'people' && took?.has(onPile)),
  );
}

/** Puts on their piles what people are not told at once, and returns what they are. */
async function holdBack(ports: PublishPorts, all: readonly Transition[]): Promise<readonly Transition[]> {
  const now: Transition[] = [];
  const { alertBook } = ports;
  for (const transition of all) {
    const place = await placeFor(ports, transition);
    if (place === 'now') now.push(transition);
    else if ((await alertBook.claim(transition.id, onPile)) === 'claimed') {
      await alertBook.hold(place.pile, place.group, briefOf(transition));
      await alertBook.confirm(transition.id, onPile);
    }
  }
  return now;
}

/** Tells transitions on every channel that was not told of them: the one way that there is. */
export async function publishTransitions(ports: PublishPorts, all: readonly Transition[]): Promise<void> {
  const forPeople = await holdBack(ports, all);
  await Promise.all(
    ports.channels.map((channel) =>
      tell(ports, receiverOf(channel), channel.audience === 'people' ? forPeople : all),
    ),
  );
}

/**
 * Publishes what these writes changed, on every channel. What a channel refuses is put off and told there later;
 * the others do not wait, and are not told again. Only when that cannot be written down does the stream come
 * again, from the first of these writes.
 */
export async function publish(
  ports: PublishPorts,
  changes: readonly StreamChange[],
): Promise<{ readonly failedSequence?: string }> {
  try {
    await publishTransitions(
      ports,
      changes.flatMap(({ before, after }) => transitions(before, after)),
    );
    return {};
  } catch (error) {
    const { sequence } = changes[0] ?? { sequence: '' };
    ports.log.warn('not published, the stream comes again', { sequence, error: oneLine(String(error), 300) });
    return { failedSequence: sequence };
  }
}
