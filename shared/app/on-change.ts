import pLimit from 'p-limit';
import { type Route, route, type Target } from '../catalog/route.ts';
import { tamperedPart } from '../catalog/tampering.ts';
import { InputError, OperationError } from '../errors.ts';
import type { Cause, Unread } from '../findings/finding.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Look } from '../findings/record.ts';
import { tamperLook } from '../findings/tamper.ts';
import type { AccountId } from '../iam/arn.ts';
import { formatPlace } from '../iam/place.ts';
import { enabledRegions } from './enabled-regions.ts';
import { unreadLook } from './look.ts';
import { lookAtReference } from './look-at-reference.ts';
import type { Ports, Session, Surroundings } from './ports.ts';
import { lookAgainLater } from './second-look.ts';
import { sweepKind } from './sweep-kind.ts';

/** Messages of a batch that are worked on at a time. */
const messageConcurrency = 5;

/** One message of the queue: its id in the batch, and the EventBridge event as JSON. */
export interface ChangeMessage {
  readonly id: string;
  readonly body: string;
}

type ChangePorts = Pick<Ports, 'kinds' | 'sessions' | 'store' | 'zones' | 'clock' | 'log'> &
  // A desk that follows a change has no queue: it looks once. And it has no parts elsewhere that it needs.
  Partial<Pick<Ports, 'changeQueue' | 'own'>>;

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

/** What following one message needs to know. */
interface Following {
  readonly ports: ChangePorts;
  readonly cause: Cause;
  readonly surroundings: Surroundings;
  readonly remainingMs: () => number;
  readonly body: string;
}

/** Sends the change again when the looks do not show what it claims. */
async function doubt({ ports, cause, body }: Following, looks: readonly Look[]): Promise<void> {
  const { changeQueue, clock, log } = ports;
  if (changeQueue === undefined) return;
  const delaySeconds = await lookAgainLater({ changeQueue, clock }, body, looks);
  if (delaySeconds !== undefined && cause.by === 'change')
    log.info('a change does not show yet, it is looked at again', { event: cause.eventId, delaySeconds });
}

/** Reads again what a target names in one place, and settles what was seen. */
async function followInPlace(following: Following, session: Session, { kind, place, reference }: Target) {
  const { ports, cause, surroundings, remainingMs } = following;
  const sweep = { kind, place, session, cause, surroundings };
  if (reference !== 'every') return doubt(following, await lookAtReference(ports, sweep, reference));
  const swept = await sweepKind(ports, sweep, remainingMs);
  if (swept === 'out-of-time')
    throw new OperationError(
      `not every ${kind.id} of ${formatPlace(place)} was read in time`,
      'the queue delivers the event again, and the look goes on where it stopped',
    );
}

/** The account cannot be read: to be tried again when that passes by itself, and a gap when it does not. */
async function settleAccountGap(
  { ports, cause }: Following,
  account: AccountId,
  unread: Unread,
): Promise<void> {
  if (unread.reason === 'throttled')
    throw new OperationError(
      `${account} cannot be read: ${unread.message}`,
      'the queue delivers the event again',
    );
  const at = ports.clock.now().toISOString();
  await ports.store.settle(unreadLook({ type: 'account', account }, at, cause, unread));
}

/** Follows one target, in its place or in every region of its account. */
async function followTarget(following: Following, target: Target): Promise<void> {
  const { account, region } = target.place;
  const session = await following.ports.sessions.assume(account);
  if ('reason' in session) return settleAccountGap(following, account, session);
  const regions = target.everyRegion ? await enabledRegions(session) : [region];
  if ('reason' in regions) return settleAccountGap(following, account, regions);
  for (const each of regions)
    await followInPlace(following, session, { ...target, place: { ...target.place, region: each } });
}

/** Settles what a change does to trustwatch itself; whether it does. */
async function followTampering(
  { own, store, zones, log }: ChangePorts,
  { change, cause }: Exclude<Route, { type: 'malformed' }>,
): Promise<boolean> {
  const tampered = own && tamperedPart(change, own);
  if (tampered === undefined) return false;
  const { deployers } = await zones.zone();
  await store.settle(tamperLook({ ...tampered, cause }, deployers));
  log.info('a part of trustwatch was changed', {
    event: cause.eventId,
    name: cause.eventName,
    part: tampered.part,
  });
  return true;
}

async function followMessage(
  ports: ChangePorts,
  message: ChangeMessage,
  remainingMs: () => number,
): Promise<string | undefined> {
  const routed = parseRoute(ports, message);
  const isOurs = await followTampering(ports, routed);
  if (routed.type === 'unclaimed') return isOurs ? undefined : `${routed.source} ${routed.name}`;
  const surroundings = await ports.zones.zone();
  const { body } = message;
  const following = { ports, cause: routed.cause, surroundings, remainingMs, body };
  for (const target of routed.targets) await followTarget(following, target);
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
  const unclaimed = new Map<string, number>();
  const outcomes = await pLimit(messageConcurrency).map(messages, async (message) => {
    try {
      const name = await followMessage(ports, message, remainingMs);
      if (name !== undefined) unclaimed.set(name, (unclaimed.get(name) ?? 0) + 1);
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
      events: Object.fromEntries([...unclaimed].map(([name, count]) => [oneLine(name, 200), count])),
    });
  return { failed: outcomes.filter((id) => id !== undefined) };
}
