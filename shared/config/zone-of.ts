import type { Zone } from '../access/zone.ts';
import { endOf } from '../findings/expectation.ts';
import type { AccountId } from '../iam/arn.ts';
import type { TrustConfig } from './trust-schema.ts';

/**
 * The zone of trust: an organization with its accounts (an account alone when there is none), and what trust.yml adds. Entries whose last day is
 * over at `now` are left out.
 */
export function zoneOf(
  organization: string | undefined,
  ownAccounts: readonly AccountId[],
  trust: TrustConfig,
  now: Date,
): Zone {
  const current = <T extends { readonly until?: string | undefined }>(entries: readonly T[]) =>
    entries.filter(({ until }) => until === undefined || now.getTime() < endOf(until));
  return {
    ...(organization === undefined ? {} : { organization }),
    accounts: [...new Set([...ownAccounts, ...current(trust.accounts).map(({ account }) => account)])],
    organizationPaths: current(trust.organizationPaths).map(({ path }) => path),
    organizations: current(trust.organizations).map((entry) => entry.organization),
    federatedTenants: current(trust.federatedTenants).map(({ provider, claim, value }) => ({
      provider,
      ...(claim === undefined ? {} : { claim }),
      ...(value === undefined ? {} : { value }),
    })),
  };
}
