import { parseChangeEvent } from '../catalog/change-event.ts';
import { type Claim, canonicalJson, claimOf } from '../catalog/claim.ts';
import type { Look } from '../findings/record.ts';
import { markOf, withMark } from './mark.ts';
import type { ChangeQueue, Clock } from './ports.ts';

/** What is older than this has settled, whatever it shows. */
const settledAfterMs = 15 * 60_000;

const isGone = ({ sight }: Look) => sight.state === 'absent' && sight.why === 'gone';

function showsPolicy(looks: readonly Look[], policy: string): boolean {
  const texts = looks.flatMap(({ sight }) => (sight.state === 'present' ? (sight.policies ?? []) : []));
  return texts.some(({ text }) => canonicalJson(text) === policy);
}

/**
 * Whether looks show what a change claims. What was made or changed is there, with the policy that was set; what
 * was deleted lets nobody in any more. What could not be read shows nothing, and is a gap instead.
 */
export function shows(claim: Claim, looks: readonly Look[]): boolean {
  if (looks.some(({ sight }) => sight.state === 'unread')) return true;
  if (claim.type === 'deletion') return looks.every(({ findings }) => findings.length === 0);
  if (looks.every(isGone)) return false;
  return claim.policies.every((policy) => showsPolicy(looks, policy));
}

/**
 * Sends a change to be looked at once more, later, when the looks do not show what it claims: IAM and others are
 * eventually consistent. Not for changes of long ago, and only so often as the queue has delays for. Says in how
 * many seconds.
 */
export async function lookAgainLater(
  { changeQueue, clock }: { readonly changeQueue: ChangeQueue; readonly clock: Clock },
  body: string,
  looks: readonly Look[],
): Promise<number | undefined> {
  const change = parseChangeEvent(JSON.parse(body));
  if (change instanceof Error || shows(claimOf(change), looks)) return undefined;
  if (clock.now().getTime() - Date.parse(change.detail.eventTime) > settledAfterMs) return undefined;
  const { looks: before = 0 } = markOf(body);
  const delaySeconds = changeQueue.delaysSeconds[before];
  if (delaySeconds === undefined) return undefined;
  await changeQueue.send(withMark(body, { looks: before + 1 }), delaySeconds);
  return delaySeconds;
}
