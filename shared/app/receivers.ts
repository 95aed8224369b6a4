import type { Channel } from './alert-ports.ts';
import type { Receiver } from './tell.ts';

/** A channel as one that is told transitions by themselves. */
export function receiverOf(channel: Channel): Receiver {
  if (channel.audience === 'programs') return channel;
  return {
    name: channel.name,
    atATime: 1,
    async send(each) {
      for (const transition of each) await channel.send({ type: 'one', transition });
    },
  };
}
