import { PartlyTold } from '../errors.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Transition } from '../findings/record.ts';
import type { Ports } from './ports.ts';

type TellPorts = Pick<Ports, 'alertBook' | 'log'>;

/** One that is told transitions, at most `atATime` together, of those that it wants. */
export interface Receiver {
  readonly name: string;
  readonly atATime: number;
  readonly send: (transitions: readonly Transition[]) => Promise<void>;
}

/** Confirms what the channel took before it refused, and releases the others. */
async function settleRefusal(
  { alertBook, log }: TellPorts,
  channel: string,
  claimed: readonly { readonly id: string }[],
  refusal: unknown,
): Promise<void> {
  const taken = refusal instanceof PartlyTold ? refusal.taken : new Set();
  for (const [place, { id }] of claimed.entries())
    await (taken.has(place) ? alertBook.confirm(id, channel) : alertBook.release(id, channel)).catch(
      (error: unknown) => {
        const reason = oneLine(String(error), 300);
        log.warn('a claim was not settled and lapses by itself', { channel, alert: id, error: reason });
      },
    );
}

/** Sends what nobody has sent yet, under a claim for each. */
export async function sendClaimed<T extends { readonly id: string }>(
  ports: TellPorts,
  channel: string,
  alerts: readonly T[],
  send: (alerts: readonly T[]) => Promise<void>,
): Promise<readonly T[]> {
  const { alertBook } = ports;
  const claimed: T[] = [];
  try {
    for (const alert of alerts)
      if ((await alertBook.claim(alert.id, channel)) === 'claimed') claimed.push(alert);
    if (claimed.length > 0) await send(claimed);
  } catch (error) {
    await settleRefusal(ports, channel, claimed, error);
    throw error;
  }
  for (const { id } of claimed) await alertBook.confirm(id, channel);
  return claimed;
}

export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Tells a receiver what it was not told before. */
export async function tellNew(
  ports: TellPorts,
  { name, send }: Receiver,
  transitions: readonly Transition[],
): Promise<void> {
  for (const { id, status, finding } of await sendClaimed(ports, name, transitions, send))
    ports.log.info('published', {
      channel: name,
      transition: id,
      status,
      finding: finding.id,
      severity: finding.severity,
    });
}

async function isBehind({ alertBook }: TellPorts, channel: string): Promise<boolean> {
  for await (const _ of alertBook.putOffs(channel)) return true;
  return false;
}

/**
 * Tells one receiver, in order. From its first failure on, or when it has something to catch up with, the
 * transitions are put off: they are told later, in their order, and nothing else waits for them.
 */
export async function tell(
  ports: TellPorts,
  receiver: Receiver,
  transitions: readonly Transition[],
): Promise<void> {
  if (transitions.length === 0) return;
  const { name, atATime } = receiver;
  let behind = await isBehind(ports, name);
  for (const chunk of chunks(transitions, atATime)) {
    if (!behind)
      try {
        await tellNew(ports, receiver, chunk);
        continue;
      } catch (error) {
        ports.log.warn('a channel refuses, its alerts are put off', {
          channel: name,
          error: oneLine(String(error), 300),
        });
        behind = true;
      }
    for (const transition of chunk) await ports.alertBook.putOff(name, transition);
  }
}
