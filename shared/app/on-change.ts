import pLimit from 'p-limit';
import { concernedAccounts } from '../catalog/organization-events.ts';
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
import { followOrganization } from './follow-organization.ts';
import { unreadLook } from './look.ts';
import { lookAtReference } from './look-at-reference.ts';
import { markOf } from './mark.ts';
import type { Ports, Session, Surroundings } from './ports.ts';
import { lookAgainLater } from './second-look.ts';
import { sweepKind } from './sweep-kind.ts';
import { timeLimit } from './time-limit.ts';

/** Messages of a batch that are worked on at a time. */
const messageConcurrency = 5;

/** So long before its end an invocation gives back the messages that still wait for an answer, for the others' sake. */
const closingMs = 1_500;

/** One message of the queue: its id in the batch, and the EventBridge event as JSON. */
export interface ChangeMessage {
  readonly id: string;
  readonly body: string;
}

type ChangePorts = Pick<Ports, 'kinds' | 'sessions' | 'store' | 'zones' | 'clock' | 'log'> &
  // A desk that follows a change has no queue: it looks once. And it has no parts elsewhere that it needs.
  Partial<Pick<Ports, 'audits' | 'changeQueue' | 'organization' | 'own'>>;

type Parsed = Exclude<Route, { type: 'malformed' }>;

function parseRoute(ports: ChangePorts, { body }: ChangeMessage): Parsed {
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
  { change, cause }: Parsed,
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

/**
 * Follows what a change says of the organization itself, and what an account does that the organization did not list
 * when it was asked last: it is new. Whether it says anything.
 */
async function followMembership(
  ports: ChangePorts,
  { change, cause, ...routed }: Parsed,
  body: string,
): Promise<boolean> {
  const { audits, changeQueue, organization, sessions, clock, log } = ports;
  if (audits === undefined || changeQueue === undefined || organization === undefined) return false;
  const { looks, window } = markOf(body);
  if (looks !== undefined) return false;
  const { members } = await ports.zones.zone();
  const targets = routed.type === 'targets' ? routed.targets : [];
  // What waits was new when it came, although the organization may have listed it meanwhile.
  const isNew = (account: string) => window !== undefined || !members.has(account);
  const strangers = [...new Set(targets.map(({ place }) => place.account))].filter(isNew);
  const newcomers = { type: 'accounts', accounts: strangers, stay: true } as const;
  const concerned = concernedAccounts(change) ?? (strangers.length > 0 ? newcomers : undefined);
  if (concerned === undefined) return false;
  const following = { audits, changeQueue, organization, sessions, clock, log };
  await followOrganization(following, concerned, cause, body);
  log.info('a change of the organization is followed', { event: cause.eventId, name: cause.eventName });
  return true;
}

async function followMessage(
  ports: ChangePorts,
  message: ChangeMessage,
  remainingMs: () => number,
): Promise<string | undefined> {
  const { body } = message;
  const routed = parseRoute(ports, message);
  const isOurs = await followTampering(ports, routed);
  const isOfOrganization = await followMembership(ports, routed, body);
  if (routed.type === 'unclaimed')
    return isOurs || isOfOrganization ? undefined : `${routed.source} ${routed.name}`;
  // The message waited for its audit alone: what it names was looked at when it came.
  if (markOf(body).window !== undefined) return undefined;
  const surroundings = await ports.zones.zone();
  const following = { ports, cause: routed.cause, surroundings, remainingMs, body };
  for (const target of routed.targets) await followTarget(following, target);
  const { eventId, eventName } = routed.cause;
  ports.log.info('change followed', { event: eventId, name: eventName, targets: routed.targets.length });
  return undefined;
}

/**
 * Follows a batch of changes: reads the live state of what each names and settles it. A message that is malformed
 * or cannot be followed now, or in time, is among `failed` and comes again, in the end to the dead letters; the
 * others go through. An account that gives no session is a gap of the account, and its message is done: the next audit
 * reads it. Names that no kind claims are logged once for the batch.
 */
export async function onChange(
  ports: ChangePorts,
  messages: readonly ChangeMessage[],
  remainingMs: () => number,
): Promise<{ readonly failed: readonly string[] }> {
  const unclaimed = new Map<string, number>();
  const { within, cancel } = timeLimit(remainingMs, closingMs);
  const outcomes = await pLimit(messageConcurrency).map(messages, async (message) => {
    try {
      const followed = await within(async () => ({ name: await followMessage(ports, message, remainingMs) }));
      if (followed === 'out-of-time')
        throw new OperationError('it was not followed in time', 'the queue delivers the event again');
      const { name } = followed;
      if (name !== undefined) unclaimed.set(name, (unclaimed.get(name) ?? 0) + 1);
      return undefined;
    } catch (error) {
      ports.log.warn('a change could not be followed', {
        messageId: message.id,
        error: oneLine(String(error), 500),
      });
      return message.id;
    }
  });
  cancel();
  if (unclaimed.size > 0)
    ports.log.warn('no kind claims these events', {
      events: Object.fromEntries([...unclaimed].map(([name, count]) => [oneLine(name, 200), count])),
    });
  return { failed: outcomes.filter((id) => id !== undefined) };
}
