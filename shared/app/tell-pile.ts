import { OperationError } from '../errors.ts';
import { type AlertList, alertList, type Pile } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Ports } from './ports.ts';
import { sendClaimed } from './tell.ts';

type PilePorts = Pick<Ports, 'channels' | 'alertBook' | 'log'>;

/** A list of more than this becomes several: so many are held in memory at a time. */
const mostTogether = 20_000;

/** Tells the people on every channel; whether all of them were told. */
async function tellPeople(ports: PilePorts, list: AlertList): Promise<boolean> {
  const people = ports.channels.filter((channel) => channel.audience === 'people');
  const outcomes = await Promise.allSettled(
    people.map((channel) =>
      sendClaimed(ports, channel.name, [list], () => channel.send({ type: 'many', list })),
    ),
  );
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const refusal of refusals)
    ports.log.warn('a list was not told', { list: list.id, error: oneLine(String(refusal), 300) });
  return refusals.length === 0;
}

interface Group {
  readonly group: string;
  readonly briefs: readonly Brief[];
}

/** What is on a pile, in groups that are not too large. */
async function* groupsOf({ alertBook }: PilePorts, pile: Pile): AsyncGenerator<Group> {
  let current: { readonly group: string; readonly briefs: Brief[] } | undefined;
  for await (const { group, brief } of alertBook.held(pile)) {
    if (current !== undefined && (current.group !== group || current.briefs.length >= mostTogether)) {
      yield current;
      current = undefined;
    }
    current ??= { group, briefs: [] };
    current.briefs.push(brief);
  }
  if (current !== undefined) yield current;
}

/**
 * Tells what waits on a pile, each group as one alert, and takes it off. What one channel refuses stays, is told
 * there the next time and not again elsewhere; a group that has grown meanwhile is told anew as a whole.
 * @returns how many lists were told
 * @throws OperationError when one was not, after the others
 */
export async function tellPile(ports: PilePorts, pile: Pile): Promise<{ readonly told: number }> {
  let [told, refused] = [0, 0];
  for await (const { group, briefs } of groupsOf(ports, pile)) {
    const list = alertList(pile, briefs);
    if (list === undefined) continue;
    if (await tellPeople(ports, list)) {
      await ports.alertBook.drop(pile, group, briefs);
      ports.log.info('list published', { list: list.id, pile, findings: briefs.length });
      told += 1;
    } else refused += 1;
  }
  if (refused > 0) throw new OperationError(`${refused} lists were not told`, 'they wait for the next time');
  return { told };
}
