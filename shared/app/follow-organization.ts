import type { Concerned } from '../catalog/organization-events.ts';
import type { Change } from '../findings/finding.ts';
import type { AccountId } from '../iam/arn.ts';
import type { AuditStarter } from './audit-ports.ts';
import { type Mark, markOf, withMark } from './mark.ts';
import type { ChangeQueue, Clock, Log, Organization, Sessions } from './ports.ts';

export interface FollowOrganizationPorts {
  readonly audits: AuditStarter;
  readonly changeQueue: Pick<ChangeQueue, 'send'>;
  readonly organization: Organization;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Changes that come together are followed by one audit, after the last of them: an account is made, tagged and moved
 * within a minute.
 */
const windowMs = 5 * 60_000;

/** The audit role comes to a new account by StackSets, some minutes later: seconds to wait for it, at most 900 each. */
const roleDelaysSeconds: readonly number[] = [120, 300, 900, 900];

/** `20260101T001500Z`: an audit's name has no colons. */
const compact = (time: string) => time.replaceAll(/[-:]|\.\d+/g, '');

/** Whether a policy forbids things on resources; when that cannot be known, it may. */
async function isControl(organization: Organization, policy: string | undefined): Promise<boolean> {
  if (policy === undefined) return true;
  const controls = await organization.resourceControlPolicyIds();
  return 'reason' in controls || controls.includes(policy);
}

/** Whether the audit role of one of these accounts is not there yet. */
async function isRoleMissing(sessions: Sessions, accounts: readonly AccountId[]): Promise<boolean> {
  for (const account of accounts) {
    const session = await sessions.assume(account);
    if ('reason' in session && session.reason === 'role-missing') return true;
  }
  return false;
}

/**
 * Follows a change of the organization: reads anew the accounts that it concerns and who elsewhere trusts them, or
 * everything where a policy of the organization may forbid something else. The audit that does so is started when the
 * window has ended that the change fell into, once for all changes of the window; for an account that stays, as soon as
 * it lets us in, and in the end all the same, so that the gap shows.
 */
export async function followOrganization(
  { audits, changeQueue, organization, sessions, clock, log }: FollowOrganizationPorts,
  concerned: Concerned,
  cause: Change,
  body: string,
): Promise<void> {
  const again = (mark: Mark, delaySeconds: number) => changeQueue.send(withMark(body, mark), delaySeconds);
  const { window, missing = 0 } = markOf(body);
  if (window === undefined) {
    const nowMs = clock.now().getTime();
    const endMs = (Math.floor(nowMs / windowMs) + 1) * windowMs;
    return again({ window: new Date(endMs).toISOString() }, Math.ceil((endMs - nowMs) / 1000));
  }
  if (concerned.type === 'policy') {
    if (await isControl(organization, concerned.policy))
      await audits.start(`organization-${compact(window)}`, { cause });
    return;
  }
  const delaySeconds = roleDelaysSeconds[missing];
  if (concerned.stay && delaySeconds !== undefined && (await isRoleMissing(sessions, concerned.accounts))) {
    log.info('an account has no audit role yet', { accounts: concerned.accounts, delaySeconds });
    return again({ window, missing: missing + 1 }, delaySeconds);
  }
  for (const account of concerned.accounts)
    await audits.start(`${concerned.stay ? 'account' : 'departed'}-${account}-${compact(window)}`, {
      about: [account],
      cause,
    });
}
