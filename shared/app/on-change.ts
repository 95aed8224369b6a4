import pLimit from 'p-limit';
import type { Zone } from '../access/zone.ts';
import { type Route, route, type Target } from '../catalog/route.ts';
import { InputError, OperationError } from '../errors.ts';
import type { Cause } from '../findings/finding.ts';
import { oneLine } from '../findings/one-line.ts';
import { unreadLook } from './look.ts';
import { lookAtReference } from './look-at-reference.ts';
import type { Ports, Session } from './ports.ts';
import { sweepKind } from './sweep-kind.ts';

/** Messages of a batch that are worked on at a time. */
const messageConcurrency = 5;

/** One message of the queue: its id in the batch, and the EventBridge event as JSON. */
export interface ChangeMessage {
  readonly id: string;
  readonly body: string;
}

type ChangePorts = Pick<Ports, 'kinds' | 'sessions' | 'store' | 'zones' | 'clock' | 'log'>;

function parseRoute(ports: ChangePorts, { body }: ChangeMessage): Exclude<Route, { type: 'malformed' }> {
  const routed = route(ports.kinds, parseJson(body));
  if (routed.type === 'malformed') throw routed.error;
  return routed;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InputError(
      'a message of the queue',
      'not JSON',
      'send CloudTrail records as EventBridge delivers them',
    );
  }
}

/** Reads again what one target names, and settles what was seen. */
async function followTarget(
  ports: ChangePorts,
  session: Session,
  { kind, place, reference }: Target,
  cause: Cause,
  zone: Zone,
  remainingMs: () => number,
): Promise<void> {
  if (reference !== 'every') return lookAtReference(ports, { kind, place, session, cause, zone }, reference);
  const swept = await sweepKind(ports, { kind, place, session, cause, zone }, remainingMs);
  if (swept === 'out-of-time')
    throw new OperationError(
      `not every ${kind.id} of ${place.account} was read in time`,
      'the queue delivers the event again, and the look goes on where it stopped',
    );
}

async function followMessage(
  ports: ChangePorts,
  message: ChangeMessage,
  remainingMs: () => number,
): Promise<string | undefined> {
  const routed = parseRoute(ports, message);
  if (routed.type === 'unclaimed') return `${routed.source} ${routed.name}`;
  const { zone } = await ports.zones.zone();
  for (const target of routed.targets) {
    const { account } = target.place;
    const at = ports.clock.now().toISOString();
    const session = await ports.sessions.assume(account);
    if (!('reason' in session)) {
      await followTarget(ports, session, target, routed.cause, zone, remainingMs);
      continue;
    }
    if (session.reason === 'throttled')
      throw new OperationError(
        `no session of ${account}: ${session.message}`,
        'the queue delivers the event again',
      );
    await ports.store.settle(unreadLook({ type: 'account', account }, at, routed.cause, session));
  }
  const { eventId, eventName } = routed.cause;
  ports.log.info('change followed', { event: eventId, name: eventName, targets: routed.targets.length });
  return undefined;
}

/**
 * Follows a batch of changes: reads the live state of what each names and settles it. A message that is malformed
 * or cannot be followed now is among `failed` and comes again, in the end to the dead letters; the others go
 * through. An account that gives no session is a gap of the account, and its message is done: the next audit
 * reads it. Names that no kind claims are logged once for the batch.
 */
export async function onChange(
  ports: ChangePorts,
  messages: readonly ChangeMessage[],
  remainingMs: () => number,
): Promise<{ readonly failed: readonly string[] }> {
  const unclaimed = new Set<string>();
  const outcomes = await pLimit(messageConcurrency).map(messages, async (message) => {
    try {
      const name = await followMessage(ports, message, remainingMs);
      if (name !== undefined) unclaimed.add(name);
      return undefined;
    } catch (error) {
      ports.log.warn('a change could not be followed', {
        message: message.id,
        error: oneLine(String(error), 500),
      });
      return message.id;
    }
  });
  if (unclaimed.size > 0)
    ports.log.warn('no kind claims these events', {
      names: [...unclaimed].map((name) => oneLine(name, 200)),
    });
  return { failed: outcomes.filter((id) => id !== undefined) };
}
