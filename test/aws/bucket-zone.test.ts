import { expect, test } from 'vitest';
import type { AttachedPolicy } from '../../shared/app/controls.ts';
import type { Tags } from '../../shared/app/ports.ts';
import type { Bucket } from '../../shared/aws/bucket.ts';
import { bucketZone } from '../../shared/aws/bucket-zone.ts';
import type { Unread } from '../../shared/findings/finding.ts';

const good = `trusted:
  accounts:
    - account: "999988887777"
      name: Vendor
      reason: reads our bills
`;
const broken = good.replace('999988887777', '99998888777');

/** A bucket in memory; a tag is what was written. */
function bucketWith(files: Record<string, string>) {
  const reads: string[] = [];
  const bucket: Bucket = {
    async read(key, tag) {
      reads.push(key);
      const text = files[key];
      if (text === undefined) return { state: 'missing' };
      return tag === text ? { state: 'unchanged' } : { state: 'found', text, tag: text };
    },
    async write(key, text) {
      files[key] = text;
      return key;
    },
  };
  return { bucket, files, reads };
}

/** An organization that counts how often it is listed, and a clock that the test sets. */
function world(files: Record<string, string> = {}) {
  const kept = bucketWith(files);
  const ids = ['111122223333'];
  const state = {
    listed: 0,
    now: new Date('2026-06-01T00:00:00Z'),
    controls: [] as readonly AttachedPolicy[] | Unread,
    tags: { tags: { environment: 'production' } } as { readonly tags: Tags } | Unread,
    tagged: [] as string[],
  };
  const organization = {
    describe: async () => ({ id: 'o-abc1234567', managementAccount: '111122223333' }),
    resourceControlPolicies: async () => state.controls,
    resourceControlPolicyIds: async () => [],
    async tags(account: string) {
      state.tagged.push(account);
      return state.tags;
    },
    async *accounts() {
      state.listed += 1;
      for (const id of ids) yield { id, name: id, state: 'ACTIVE', paths: [] };
    },
  };
  const later = (minutes: number) => {
    state.now = new Date(state.now.getTime() + minutes * 60_000);
  };
  const open = () => bucketZone(kept.bucket, organization, { now: () => state.now });
  return { ...kept, ids, state, later, open };
}

test('without trust.yml the organization is the zone', async () => {
  const { open } = world();
  const { zone, problem } = await open().zone();
  expect(zone).toMatchObject({ organization: 'o-abc1234567', accounts: ['111122223333'] });
  expect(problem).toBeUndefined();
});

test('the canonical users that one function learns are inside for all, also when an account cannot tell any more', async () => {
  const { open, ids, later } = world();
  ids.push('444455556666', '777788889999');
  const [first, second] = [open(), open()];
  expect((await second.zone()).namelessAccounts).toBe(3);
  await first.learn(new Map([['111122223333', { canonicalUser: 'a1', regions: {} }]]));
  await first.learn(new Map([['444455556666', { canonicalUser: 'b2', regions: {} }]]));
  await first.learn(new Map([['111122223333', { regions: {} }]]));
  await first.learn(new Map());
  later(2);
  const { zone, namelessAccounts } = await second.zone();
  expect(zone.canonicalUsers).toEqual(['a1', 'b2']);
  expect(namelessAccounts).toBe(1);
});

test('a region is known since it was first seen enabled, and not any more when it is switched off', async () => {
  const { open } = world();
  const learn = (at: string, ...regions: readonly string[]) =>
    open().learn(
      new Map([['111122223333', { regions: Object.fromEntries(regions.map((each) => [each, at])) }]]),
    );
  await learn('monday', 'us-east-1', 'eu-west-1');
  await learn('tuesday', 'us-east-1', 'ap-south-1');
  await learn('wednesday', 'us-east-1', 'eu-west-1', 'ap-south-1');
  expect((await open().zone()).enabledRegions.get('111122223333')).toEqual({
    'us-east-1': 'monday',
    'eu-west-1': 'wednesday',
    'ap-south-1': 'tuesday',
  });
});

test('the canonical user of an account that has left is not inside', async () => {
  const { open } = world();
  await open().learn(
    new Map([
      ['111122223333', { canonicalUser: 'a1', regions: {} }],
      ['999900009999', { canonicalUser: 'z9', regions: {} }],
    ]),
  );
  expect((await open().zone()).zone.canonicalUsers).toEqual(['a1']);
});

test('what trust.yml adds is in force, and the last good one goes on being when the newest is broken', async () => {
  const { open, files, later } = world({ 'trust.yml': good });
  const zones = open();
  expect((await zones.zone()).zone.accounts).toContain('999988887777');
  files['trust.yml'] = broken;
  later(2);
  for (const source of [zones, open()]) {
    const { zone, problem } = await source.zone();
    expect(zone.accounts).toContain('999988887777');
    expect(problem).toMatch(/^the last good one is in force: trust\.yml:3:16: .*11 digits/);
  }
  files['trust.yml'] = good;
  later(2);
  expect((await zones.zone()).problem).toBeUndefined();
});

test('a broken trust.yml that never was good leaves the organization alone in force, and says so', async () => {
  const { zone, problem } = await world({ 'trust.yml': broken }).open().zone();
  expect(zone.accounts).toEqual(['111122223333']);
  expect(problem).toMatch(/^the organization alone is in force: /);
});

test('an entry of trust.yml that ends takes no other with it', async () => {
  const ended = `${good}      until: 2026-05-31\n    - account: "444455556666"\n      name: B\n      reason: c\n`;
  const { zone, problem } = await world({ 'trust.yml': ended }).open().zone();
  expect(zone.accounts).toEqual(['111122223333', '444455556666']);
  expect(problem).toBeUndefined();
});

test('the accounts are listed once an hour for all, and by one', async () => {
  const { open, ids, state, later } = world();
  await open().zone();
  await open().zone();
  expect(state.listed).toBe(1);
  ids.push('222233334444');
  later(61);
  await open().zone();
  const { zone } = await open().zone();
  expect(state.listed).toBe(2);
  expect(zone.accounts).toContain('222233334444');
});

test('within a minute nothing is read again', async () => {
  const { open, reads, later } = world();
  const zones = open();
  await zones.zone();
  const once = reads.length;
  await zones.zone();
  expect(reads).toHaveLength(once);
  later(2);
  await zones.zone();
  expect(reads.length).toBeGreaterThan(once);
});

test('resource control policies that cannot be read are said, and forbid nothing', async () => {
  const { open, state } = world({});
  state.controls = { reason: 'denied', message: 'AccessDeniedException: no' };
  const { controls, problem } = await open().zone();
  expect(controls('111122223333')).toEqual([]);
  expect(problem).toContain('the resource control policies cannot be read (AccessDeniedException: no)');
});

test('an account that joined or left is one from the next audit on, for all functions', async () => {
  const { ids, open, later, state } = world();
  ids.push('444455556666');
  const [audit, change] = [open(), open()];
  await change.zone();
  ids.splice(0, 2, '111122223333', '777788889999');
  later(2);
  expect((await change.zone()).zone.accounts).toContain('444455556666');
  expect((await audit.zone('now')).zone.accounts).toEqual(['111122223333', '777788889999']);
  later(2);
  expect((await change.zone()).zone.accounts).toEqual(['111122223333', '777788889999']);
  expect(state.listed).toBe(2);
});

test('a sweep goes by no older surroundings than its plan', async () => {
  const { open, ids, later, state } = world();
  const [plan, sweep] = [open(), open()];
  await sweep.zone();
  ids.push('444455556666');
  later(0.2);
  await plan.zone('now');
  expect((await sweep.zone()).zone.accounts).not.toContain('444455556666');
  const { zone } = await sweep.zone({ since: state.now.toISOString() });
  expect(zone.accounts).toContain('444455556666');
});

test('whoever left is remembered by name, until it is back', async () => {
  const { ids, open, later } = world();
  ids.push('444455556666');
  await open().zone();
  ids.pop();
  later(61);
  await open().zone();
  later(61);
  expect([...(await open().zone()).former]).toEqual([['444455556666', 'has left the organization']]);
  ids.push('444455556666');
  later(61);
  expect([...(await open().zone()).former]).toEqual([]);
});

const byTag = `boundaries:
  - name: production
    reason: holds the data of customers
    tags: [{ key: environment, value: production }]
`;

test('tags are asked for where boundaries go by them, of all accounts by an audit and of new ones in between', async () => {
  const { ids, files, state, open, later } = world();
  await open().zone('now');
  expect(state.tagged).toEqual([]);
  files['trust.yml'] = byTag;
  const { boundaries } = await open().zone('now');
  expect(boundaries('111122223333').map(({ name }) => name)).toEqual(['production']);
  ids.push('444455556666');
  later(61);
  expect((await open().zone()).boundaries('444455556666')).toHaveLength(1);
  expect(state.tagged).toEqual(['111122223333', '444455556666']);
});

test('an account whose tags cannot be read is in no boundary by tag, and that is said', async () => {
  const { state, open } = world({ 'trust.yml': byTag });
  state.tags = { reason: 'denied', message: 'AccessDeniedException: no' };
  const { boundaries, problem } = await open().zone('now');
  expect(boundaries('111122223333')).toEqual([]);
  expect(problem).toContain('the tags of 1 accounts are not known, and boundaries by tag do not see them');
});
