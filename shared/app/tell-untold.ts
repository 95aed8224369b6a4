import { toldKeptDays } from '../findings/alert.ts';
import type { Transition } from '../findings/record.ts';
import { latestTransitions } from '../findings/transitions.ts';
import type { Ports } from './ports.ts';
import { isToldTo, type PublishPorts, publishTransitions } from './publish.ts';

/** What is younger may be on its way. */
const onItsWayMs = 60 * 60_000;

/** So many are asked for at a time. */
const mostTogether = 1000;

type UntoldPorts = PublishPorts & Pick<Ports, 'store' | 'clock'>;

/** The transitions of the last days that the records tell of, some at a time. */
async function* recentTransitions({ store, clock }: UntoldPorts): AsyncGenerator<readonly Transition[]> {
  const now = clock.now().getTime();
  const from = new Date(now - toldKeptDays * 86_400_000).toISOString();
  const to = new Date(now - onItsWayMs).toISOString();
  let recent: Transition[] = [];
  for await (const record of store.all()) {
    recent.push(...latestTransitions(record).filter(({ at }) => at > from && at < to));
    if (recent.length < mostTogether) continue;
    yield recent;
    recent = [];
  }
  yield recent;
}

/**
 * Tells what the store's stream did not bring to the channels while it remembered: it goes by the records, and asks of
 * each transition of the last days whether it was told. Of a finding that changed more than once meanwhile, it
 * tells the latest.
 * @returns how many transitions some channel had not taken
 */
export async function tellUntold(ports: UntoldPorts): Promise<{ readonly told: number }> {
  const { alertBook, channels, log } = ports;
  let told = 0;
  for await (const recent of recentTransitions(ports)) {
    const took = await alertBook.told(recent.map(({ id }) => id));
    const untold = recent.filter(({ id }) => !isToldTo(channels, took.get(id)));
    if (untold.length === 0) continue;
    log.warn('the stream did not bring these to every channel', { transitions: untold.length });
    await publishTransitions(
      ports,
      untold.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    );
    told += untold.length;
  }
  return { told };
}
