import type { Organization } from '../app/ports.ts';
import type { AccountId } from '../iam/arn.ts';
import type { Bucket } from './bucket.ts';

/** The organization as it was a while ago. */
export interface OrganizationSnapshot {
  readonly id: string;
  readonly accounts: readonly AccountId[];
  /** ISO 8601. */
  readonly at: string;
}

/** So long an account that joined may still look like an outsider. */
const maxAgeMs = 60 * 60_000;

const file = 'organization.json';

/**
 * Which accounts the organization has. AWS lists twenty at a time, slowly: the list is kept in the bucket, for
 * all functions, and taken anew every hour. Whoever does so first renews the old one's time, and the others go
 * on with that.
 */
export function snapshots(bucket: Bucket, organization: Organization) {
  const write = (snapshot: OrganizationSnapshot) =>
    bucket.write(file, JSON.stringify(snapshot), 'application/json');

  return async (now: Date): Promise<OrganizationSnapshot> => {
    const read = await bucket.read(file);
    const kept = read.state === 'found' ? (JSON.parse(read.text) as OrganizationSnapshot) : undefined;
    if (kept !== undefined && now.getTime() - Date.parse(kept.at) < maxAgeMs) return kept;
    if (kept !== undefined) await write({ ...kept, at: now.toISOString() });

    const { id } = await organization.describe();
    const accounts: AccountId[] = [];
    for await (const account of organization.accounts()) accounts.push(account.id);
    const taken = { id, accounts, at: now.toISOString() };
    await write(taken);
    return taken;
  };
}
