import type { PolicyText } from '../access/decision.ts';
import type { AccountId } from '../iam/arn.ts';
import type { Account } from './ports.ts';

/** A policy of the organization, and the ids of what it is attached to: the root, units, accounts. */
export interface AttachedPolicy extends PolicyText {
  readonly targets: readonly string[];
}

/** The resource control policies that govern the resources of an account. */
export type Controls = (owner: AccountId) => readonly PolicyText[];

/**
 * Who is governed by what: a policy holds for all accounts below what it is attached to, and never for the
 * management account. Of an account whose path is not known, only what holds for every account is taken: what
 * we do not know forbids nothing.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function controlsOf(
  policies: readonly AttachedPolicy[],
  accounts: readonly Pick<Account, 'id' | 'paths'>[],
  managementAccount: AccountId,
): Controls {
  const pathsOf = new Map(accounts.map(({ id, paths }) => [id, paths.flatMap((path) => path.split('/'))]));
  return (owner) => {
    const path = pathsOf.get(owner);
    if (path === undefined || owner === managementAccount) return [];
    const holds = (target: string) => target === owner || target.startsWith('r-') || path.includes(target);
    return policies.filter(({ targets }) => targets.some(holds));
  };
}
