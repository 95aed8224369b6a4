import { expect, test } from 'vitest';
import { kinds } from '../../shared/kinds/index.ts';
import { plants } from './kind-plants.ts';
import { openMember } from './member.ts';
import { stranger } from './plants.ts';

/** An account of its own, which is not of the organization and which no audit reads. */
const account = '210987654321';
const place = { partition: 'aws', account, region: 'eu-west-1' };

test.each(Object.entries(plants))(
  '%s: exactly the shared resource is shared, on the wire',
  async (id, plant) => {
    const open = await openMember(account);
    const ending = await plant(open, place);
    const kind = kinds.find((each) => each.id === id);
    const connection = await kind?.connect(open, place);
    const shared: string[] = [];
    for await (const item of kind?.list(connection, place) ?? []) {
      const found = await kind?.policy(connection, item, place).catch((error: Error) => {
        if (!kind.errors.absent.includes(error.name)) throw error;
        return undefined;
      });
      if (found?.policies.some(({ text }) => text.includes(stranger))) shared.push(item.arn);
    }
    expect(shared).toEqual([expect.stringContaining(ending)]);
  },
);
