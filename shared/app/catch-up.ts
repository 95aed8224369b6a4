import { OperationError } from '../errors.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Transition } from '../findings/record.ts';
import type { Channel, Ports } from './ports.ts';
import { receiverOf } from './receivers.ts';
import { chunks, tellNew } from './tell.ts';

type CatchUpPorts = Pick<Ports, 'channels' | 'alertBook' | 'log'>;

/** So many are told a channel in one go; the others the next time. */
const mostAtOnce = 1000;

async function firstOf(putOffs: AsyncIterable<Transition>): Promise<readonly Transition[]> {
  const first: Transition[] = [];
  for await (const transition of putOffs) if (first.push(transition) >= mostAtOnce) break;
  return first;
}

/** Tells a channel what it has refused before, in order; stops where it refuses again. */
async function catchUpWith(ports: CatchUpPorts, channel: Channel): Promise<number> {
  const receiver = receiverOf(channel);
  const late = await firstOf(ports.alertBook.putOffs(channel.name));
  for (const chunk of chunks(late, receiver.atATime)) {
    await tellNew(ports, receiver, chunk);
    for (const transition of chunk) await ports.alertBook.caughtUp(channel.name, transition);
  }
  return late.length;
}

/**
 * Tells every channel what it has refused before.
 * @returns how many transitions were told
 * @throws OperationError when a channel still refuses, after the others
 */
export async function catchUp(ports: CatchUpPorts): Promise<{ readonly told: number }> {
  const outcomes = await Promise.allSettled(ports.channels.map((channel) => catchUpWith(ports, channel)));
  const refusing = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected'
      ? [`${ports.channels[index]?.name} (${oneLine(String(outcome.reason), 200)})`]
      : [],
  );
  if (refusing.length > 0)
    throw new OperationError(`still refused by ${refusing.join(', ')}`, 'it waits for the next time');
  return {
    told: outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0),
  };
}
