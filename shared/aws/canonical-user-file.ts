import type { CanonicalUsers } from '../app/ports.ts';
import type { Bucket } from './bucket.ts';

const file = 'canonical-users.json';

/**
 * The canonical user ids of accounts, in the bucket. Each audit begins with adding those that it can read, so that
 * none of its verdicts depends on which account is swept first; changes and later audits know them too.
 */
export function canonicalUserFile(bucket: Bucket) {
  async function read(): Promise<CanonicalUsers> {
    const kept = await bucket.read(file);
    return new Map(
      kept.state === 'found' ? Object.entries(JSON.parse(kept.text) as Record<string, string>) : [],
    );
  }

  return {
    read,
    async learn(users: CanonicalUsers): Promise<void> {
      const known = await read();
      if ([...users].every(([account, user]) => known.get(account) === user)) return;
      await bucket.write(file, JSON.stringify(Object.fromEntries([...known, ...users])), 'application/json');
    },
  };
}
