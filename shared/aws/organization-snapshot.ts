import { departed } from '../app/membership.ts';
import type { Member, Organization } from '../app/ports.ts';
import type { KnownOrganization } from '../app/surroundings.ts';
import type { Bucket } from './bucket.ts';

/** The organization as it was a while ago. */
export interface OrganizationSnapshot extends KnownOrganization {
  /** ISO 8601. */
  readonly at: string;
}

/** So long an account that joined may still look like an outsider. */
const maxAgeMs = 60 * 60_000;

const file = 'organization.json';

/**
 * Which accounts the organization has, and what it forbids on their resources. AWS lists twenty at a time, slowly:
 * the list is kept in the bucket, for all functions, and taken anew every hour, and by whoever asks for it as it is
 * now. Whoever does so first renews the old one's time, and the others go on with that.
 */
export function snapshots(bucket: Bucket, organization: Organization) {
  const write = (snapshot: OrganizationSnapshot) =>
    bucket.write(file, JSON.stringify(snapshot), 'application/json');

  async function take(now: Date, before: OrganizationSnapshot | undefined): Promise<OrganizationSnapshot> {
    const { id, managementAccount } = await organization.describe();
    const accounts: Member[] = [];
    for await (const { name: _, ...account } of organization.accounts()) accounts.push(account);
    const controls = await organization.resourceControlPolicies();
    const at = now.toISOString();
    const gone = before && { departed: departed(before, accounts, at) };
    const taken = { id, managementAccount, accounts, ...gone, controls, at };
    await write(taken);
    return taken;
  }

  return async (now: Date, asOf?: 'now'): Promise<OrganizationSnapshot> => {
    const read = await bucket.read(file);
    const kept = read.state === 'found' ? (JSON.parse(read.text) as OrganizationSnapshot) : undefined;
    if (asOf === 'now') return take(now, kept);
    if (kept !== undefined && now.getTime() - Date.parse(kept.at) < maxAgeMs) return kept;
    if (kept !== undefined) await write({ ...kept, at: now.toISOString() });
    return take(now, kept);
  };
}
