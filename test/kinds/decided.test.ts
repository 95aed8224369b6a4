import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { BlockPublicAccess } from '../../shared/access/decision.ts';
import { account, cases, type Reading } from './recorded.ts';

const zone = { accounts: [account], organization: 'o-ours0000000', organizationPaths: [] };

/** What a reading of a recorded case lets outsiders do, as requests. */
function witnessesOf(kind: string, arn: string, reading: Reading) {
  if (typeof reading === 'string') return [];
  const { blockPublicAccess: block, ...texts } = reading;
  const decision = decide({
    resource: { kind, arn, owner: account },
    policies: Object.entries(texts).map(([name, policy]) => ({ name, text: JSON.stringify(policy) })),
    ...(block !== undefined && { blockPublicAccess: block as BlockPublicAccess }),
    zone,
  });
  return decision.state === 'judged' ? decision.grants.map(({ witness }) => witness) : [];
}

test.each(cases)('%s: what its case shows as shared is a way in for somebody', (_, kind, { readings }) => {
  const witnesses = Object.entries(readings).flatMap((entry) => witnessesOf(kind.id, ...entry));
  expect(witnesses).not.toEqual([]);
});
