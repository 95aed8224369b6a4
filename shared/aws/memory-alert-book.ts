import type { AlertBook } from '../app/alert-ports.ts';
import type { Pile } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import type { Transition } from '../findings/record.ts';

/** Keeps an alert book in memory, for tests and for one run at a desk, where no holder of a claim outlives its crash. */
export function memoryAlertBook(): AlertBook {
  const told = new Map<string, Set<string>>();
  const admitted = new Map<string, Set<string>>();
  const piles: Readonly<Record<Pile, Map<string, { readonly group: string; readonly brief: Brief }>>> = {
    storm: new Map(),
    digest: new Map(),
  };
  const late = new Map<string, Map<string, Transition>>();
  const key = (...parts: readonly string[]) => parts.join(' ');
  return {
    async claim(alert, channel) {
      return told.get(alert)?.has(channel) ? 'told' : 'claimed';
    },
    async confirm(alert, channel) {
      told.set(alert, (told.get(alert) ?? new Set()).add(channel));
    },
    async release() {},
    async told(alerts) {
      return new Map(alerts.map((alert) => [alert, told.get(alert) ?? new Set()]));
    },
    async admit(cause, alert, most) {
      const alerts = admitted.get(cause) ?? new Set();
      admitted.set(cause, alerts);
      if (alerts.size < most) alerts.add(alert);
      return alerts.has(alert);
    },
    async hold(pile, group, brief) {
      piles[pile].set(key(group, brief.id), { group, brief });
    },
    async *held(pile) {
      for (const [, held] of [...piles[pile]].toSorted(([a], [b]) => (a < b ? -1 : 1))) yield held;
    },
    async drop(pile, group, briefs) {
      for (const { id } of briefs) piles[pile].delete(key(group, id));
    },
    async putOff(channel, transition) {
      const waiting = late.get(channel) ?? new Map<string, Transition>();
      late.set(channel, waiting.set(key(transition.at, transition.id), transition));
    },
    async *putOffs(channel) {
      const waiting = [...(late.get(channel) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
      for (const [, transition] of waiting) yield transition;
    },
    async caughtUp(channel, { at, id }) {
      late.get(channel)?.delete(key(at, id));
    },
  };
}
