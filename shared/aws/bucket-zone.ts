import { goesByTags } from '../app/member-tags.ts';
import type { Clock, Organization, ZoneSource } from '../app/ports.ts';
import { surroundingsOf } from '../app/surroundings.ts';
import { accountFile } from './account-file.ts';
import type { Bucket } from './bucket.ts';
import { snapshots } from './organization-snapshot.ts';
import { trustFile } from './trust-file.ts';

/** A change of trust.yml is in force after so long. */
const maxAgeMs = 60_000;

/** The surroundings of a running stack: the organization, and trust.yml of the bucket. */
export function bucketZone(bucket: Bucket, organization: Organization, clock: Clock): ZoneSource {
  const readSnapshot = snapshots(bucket, organization);
  const accounts = accountFile(bucket);
  const readTrust = trustFile(bucket);

  async function read(now: Date, asOf: 'now' | undefined) {
    const { trust, problem } = await readTrust();
    const [known, learned] = await Promise.all([
      readSnapshot(now, goesByTags(trust.boundaries), asOf),
      accounts.read(),
    ]);
    return surroundingsOf(known, learned, trust, now, problem);
  }

  let kept: { readonly at: number; readonly reading: ReturnType<typeof read> } | undefined;
  return {
    zone(asOf) {
      const now = clock.now();
      const oldest = typeof asOf === 'object' ? Date.parse(asOf.since) : 0;
      if (asOf !== 'now' && kept !== undefined && now.getTime() - kept.at < maxAgeMs && kept.at >= oldest)
        return kept.reading;
      const reading = read(now, asOf === 'now' ? asOf : undefined);
      kept = { at: now.getTime(), reading };
      reading.catch(() => {
        kept = undefined;
      });
      return reading;
    },
    learn: accounts.learn,
  };
}
