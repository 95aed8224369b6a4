import type { Clock, Organization, ZoneSource } from '../app/ports.ts';
import { zoneOf } from '../config/zone-of.ts';
import type { Bucket } from './bucket.ts';
import { snapshots } from './organization-snapshot.ts';
import { trustFile } from './trust-file.ts';

/** A change of trust.yml is in force after so long. */
const maxAgeMs = 60_000;

/** The zone of a running stack: the organization's accounts, and trust.yml of the bucket. */
export function bucketZone(bucket: Bucket, organization: Organization, clock: Clock): ZoneSource {
  const readSnapshot = snapshots(bucket, organization);
  const readTrust = trustFile(bucket);

  async function read(now: Date) {
    const [{ id, accounts }, { trust, problem }] = await Promise.all([readSnapshot(now), readTrust()]);
    const zone = zoneOf(id, accounts, trust, now);
    return { zone, expected: trust.expected, ...(problem !== undefined && { problem }) };
  }

  let kept: { readonly at: number; readonly reading: ReturnType<typeof read> } | undefined;
  return {
    zone() {
      const now = clock.now();
      if (kept !== undefined && now.getTime() - kept.at < maxAgeMs) return kept.reading;
      const reading = read(now);
      kept = { at: now.getTime(), reading };
      reading.catch(() => {
        kept = undefined;
      });
      return reading;
    },
  };
}
