import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import { deskPorts } from '../../shared/cli/ports.ts';
import { canonicalUser } from './answers.ts';
import { answeredBy } from './fake-aws.ts';
import { deskSettings } from './record-world.ts';
import type { World, WorldAccount } from './resources.ts';

const [first, last] = ['111111111111', '999999999999'];
const region = 'us-east-1';

const account = (id: string, more: Partial<WorldAccount> = {}): WorldAccount => ({
  id,
  name: id,
  unit: 'ou-ab12-11111111/',
  state: 'ACTIVE',
  resources: [],
  faults: [],
  ...more,
});

/** An account with a bucket whose ACL names somebody. */
const sharing = (id: string, who: string) =>
  account(id, { resources: [{ kind: 'bucket', name: `bucket-of-${id}`, region, acl: [[who, 'READ']] }] });

/** Audits two accounts, one place at a time; the sentences of what it found. */
async function found(...accounts: readonly WorldAccount[]): Promise<readonly string[]> {
  const world: World = {
    organization: 'o-acme000001',
    managementAccount: first,
    caller: '123456789012',
    regions: [region],
    auditRole: 'trustwatch-audit',
    accounts,
    controls: [],
  };
  const out = mkdtempSync(join(tmpdir(), 'canonical-'));
  const ports = await deskPorts(deskSettings(answeredBy(world), out));
  const request = { audit: 'a-1', kinds: ['s3:bucket'], concurrency: 1 };
  const { report } = await audit({ ...ports, store: memoryStore() }, request);
  return report.findings.map(({ finding }) => finding.grant.because);
}

test.each([
  [first, last],
  [last, first],
])(
  'an ACL of %s that names %s lets nobody in from outside, whichever is swept first',
  async (owner, other) => {
    expect(await found(sharing(owner, canonicalUser(other)), account(other))).toEqual([]);
  },
);

test('an id that no account of the organization has is an outsider', async () => {
  const [because, ...others] = await found(sharing(first, 'f'.repeat(64)), account(last));
  expect(others).toEqual([]);
  expect(because).toContain(`the S3 canonical user ${'f'.repeat(64)}`);
  expect(because).not.toContain('is not known');
});

test('the id of an account that cannot be asked is an outsider, and the finding says whose it may be', async () => {
  const mute = account(last, { auditRole: 'missing' });
  const [because] = await found(sharing(first, canonicalUser(last)), mute);
  expect(because).toContain(
    'it may be an account of the organization: of 1, the canonical user id is not known',
  );
  const refused = { name: 'AccessDenied', message: 'no' };
  const closed = account(last, { faults: [{ call: 'S3.ListBuckets', error: refused }] });
  const [again] = await found(sharing(first, canonicalUser(last)), closed);
  expect(again).toContain('is not known');
});
