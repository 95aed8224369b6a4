import { withTags } from '../app/member-tags.ts';
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

/** So many tags are read between audits: a Lambda that follows a change does not wait for more. */
const mostTagReads = 50;

const file = 'organization.json';

/**
 * Which accounts the organization has, and what it forbids on their resources. AWS lists twenty at a time, slowly:
 * the list is kept in the bucket, for all functions, and taken anew every hour, and by whoever asks for it as it is
 * now. Whoever does so first renews the old one's time, and the others go on with that.
 */
export function snapshots(bucket: Bucket, organization: Organization) {
  const write = (snapshot: OrganizationSnapshot) =>
    bucket.write(file, JSON.stringify(snapshot), 'application/json');

  async function take(
    now: Date,
    before: OrganizationSnapshot | undefined,
    tags: readonly [known: readonly Member[], most: number] | undefined,
  ): Promise<OrganizationSnapshot> {
    const { id, managementAccount } = await organization.describe();
    const accounts: Member[] = [];
    for await (const { name: _, ...account } of organization.accounts()) accounts.push(account);
    const controls = await organization.resourceControlPolicies();
    const at = now.toISOString();
    const gone = before && { departed: departed(before, accounts, at) };
    const members = tags ? await withTags(organization, accounts, ...tags) : accounts;
    const taken = { id, managementAccount, accounts: members, ...gone, controls, at };
    await write(taken);
    return taken;
  }

  /** @param byTags whether the tags of accounts are wanted, too */
  return async (now: Date, byTags: boolean, asOf?: 'now'): Promise<OrganizationSnapshot> => {
    const read = await bucket.read(file);
    const kept = read.state === 'found' ? (JSON.parse(read.text) as OrganizationSnapshot) : undefined;
    if (asOf === 'now') return take(now, kept, byTags ? [[], Number.POSITIVE_INFINITY] : undefined);
    if (kept !== undefined && now.getTime() - Date.parse(kept.at) < maxAgeMs) return kept;
    if (kept !== undefined) await write({ ...kept, at: now.toISOString() });
    return take(now, kept, byTags ? [kept?.accounts ?? [], mostTagReads] : undefined);
  };
}
