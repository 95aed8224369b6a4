import { OperationError } from '../errors.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Transition } from '../findings/record.ts';
import type { Channel } from './alert-ports.ts';
import type { Ports } from './ports.ts';
import { receiverOf } from './receivers.ts';
import { chunks, tellNew } from './tell.ts';

type CatchUpPorts = Pick<Ports, 'channels' | 'alertBook' | 'clock' | 'log'>;

/** So many are told a channel in one go; the others the next time. */
const mostAtOnce = 1000;

async function firstOf(putOffs: AsyncIterable<Transition>): Promise<readonly Transition[]> {
  const first: Transition[] = [];
  for await (const transition of putOffs) if (first.push(transition) >= mostAtOnce) break;
  return first;
}

/** What a channel refuses for so long may be refused for good: it holds up the others no more. */
const patienceMs = 15 * 60_000;

/** After so many refusals a channel is taken to refuse whatever it is told. */
const mostRefusals = 5;

/** Takes off what a channel was told; returns how many that were. */
async function takeOff(
  { alertBook }: CatchUpPorts,
  channel: string,
  chunk: readonly Transition[],
): Promise<number> {
  const took = await alertBook.told(chunk.map(({ id }) => id));
  const told = chunk.filter(({ id }) => took.get(id)?.has(channel));
  for (const transition of told) await alertBook.caughtUp(channel, transition);
  return told.length;
}

/**
 * Tells a channel what it has refused before, in order. Where it refuses again, the others wait; after a while, only those
 * of the same finding.
 */
async function catchUpWith(ports: CatchUpPorts, channel: Channel): Promise<number> {
  const receiver = receiverOf(channel);
  const { name, atATime } = receiver;
  const late = await firstOf(ports.alertBook.putOffs(name));
  const refusals: unknown[] = [];
  const held = new Set<string>();
  let told = 0;
  for (const chunk of chunks(late, atATime)) {
    const free = chunk.filter(({ finding }) => !held.has(finding.id));
    try {
      await tellNew(ports, receiver, free);
      for (const transition of free) await ports.alertBook.caughtUp(name, transition);
      told += free.length;
    } catch (error) {
      for (const { finding } of free) held.add(finding.id);
      told += await takeOff(ports, name, free);
      const isYoung = free.some(({ at }) => ports.clock.now().getTime() - Date.parse(at) < patienceMs);
      if (refusals.push(error) >= mostRefusals || isYoung) break;
    }
  }
  if (refusals.length > 0) throw refusals[0];
  return told;
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
