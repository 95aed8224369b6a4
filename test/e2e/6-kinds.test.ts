import { expect, test } from 'vitest';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { homeRegion } from '../../shared/iam/place.ts';
import { kinds } from '../../shared/kinds/index.ts';
import type { Kind, OpenClient } from '../../shared/kinds/kind.ts';
import { config, region, securityAccount } from './clients.ts';
import { plantedInSecurityAccount, plants } from './kind-plants/index.ts';
import { openMember } from './member.ts';
import { stranger } from './plants.ts';

/** An account of its own, which is not of the organization and which no audit reads. */
const member = '210987654321';

const openSecurityAccount: OpenClient = (client, overrides) =>
  new client({ ...config, ...callSettings(), ...overrides });

/** The account of the emulator that serves a kind. */
async function accountOf({ id, reach }: Kind) {
  const isCentral = plantedInSecurityAccount.has(id);
  const account = isCentral ? securityAccount : member;
  const place = {
    partition: 'aws' as const,
    account,
    region: reach === 'global' ? homeRegion('aws') : region,
  };
  return { place, open: isCentral ? openSecurityAccount : await openMember(account) };
}

test.each(kinds.filter(({ id }) => id in plants).map((kind) => [kind.id, kind] as const))(
  '%s: exactly the shared resource is shared, on the wire',
  async (id, kind) => {
    const { place, open } = await accountOf(kind);
    const part = await plants[id]?.(open, place);
    const connection = await kind.connect(open, place);
    const shared: string[] = [];
    for await (const item of kind.list(connection, place)) {
      const found = await kind.policy(connection, item, place).catch((error: Error) => {
        if (!kind.errors.absent.includes(error.name)) throw error;
        return undefined;
      });
      if (found?.policies.some(({ text }) => text.includes(stranger))) shared.push(item.arn);
    }
    expect(shared).toEqual([expect.stringContaining(part ?? 'a plant')]);
  },
);
