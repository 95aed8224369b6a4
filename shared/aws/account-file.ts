import type { LearnedAccount, LearnedAccounts } from '../app/ports.ts';
import type { Bucket } from './bucket.ts';

const file = 'accounts.json';

/** What was known stays where nothing is learned over it, and a region is known since it was first. */
function merged(known: LearnedAccount | undefined, learned: LearnedAccount): LearnedAccount {
  const since = (region: string, at: string) => known?.regions[region] ?? at;
  return {
    ...known,
    ...learned,
    regions: Object.fromEntries(Object.entries(learned.regions).map(([name, at]) => [name, since(name, at)])),
  };
}

/**
 * What audits learned of accounts, in the bucket. Each begins with adding what it can read, so that none of its
 * verdicts depends on which account is swept first; changes and later audits know it too.
 */
export function accountFile(bucket: Bucket) {
  async function read(): Promise<LearnedAccounts> {
    const kept = await bucket.read(file);
    return new Map(
      kept.state === 'found' ? Object.entries(JSON.parse(kept.text) as Record<string, LearnedAccount>) : [],
    );
  }

  return {
    read,
    async learn(learned: LearnedAccounts): Promise<void> {
      const known = await read();
      const all = new Map([
        ...known,
        ...[...learned].map(([id, each]) => [id, merged(known.get(id), each)] as const),
      ]);
      const text = JSON.stringify(Object.fromEntries(all));
      if (text !== JSON.stringify(Object.fromEntries(known)))
        await bucket.write(file, text, 'application/json');
    },
  };
}
