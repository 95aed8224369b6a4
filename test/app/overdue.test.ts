import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { findOverdue } from '../../shared/app/find-overdue.ts';
import { openBench } from './bench.ts';
import { trusts, type World } from './world.ts';

const [management, member, newcomer] = ['111111111111', '111111111112', '111111111113'] as const;

const world: World = {
  [management]: {},
  [member]: { regions: ['us-east-1', 'eu-west-1'], roles: { deploy: trusts(management) } },
};

const overdue = (place: string) => `No audit has read ${place} for too long`;

test('a place that no audit has read whole for so many days is a gap, told once, until one does', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.waitDays(6);
  expect(await findOverdue(bench.ports, 'aws')).toEqual({ overdue: 0 });
  bench.waitDays(2);
  await audit(bench.ports, { audit: 'a-2', accounts: [management] });
  await audit(bench.ports, { audit: 'a-3', kinds: ['iam:role'] });
  await audit(bench.ports, { audit: 'a-4', regions: ['us-east-1'] });
  await findOverdue(bench.ports, 'aws');
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([`new ${overdue(`${member}/eu-west-1`)}`]);
  await audit(bench.ports, { audit: 'a-5', kinds: ['sqs:queue'] });
  expect(bench.news()).toEqual([]);
  const { report } = await audit(bench.ports, { audit: 'a-6' });
  expect(bench.news()).toEqual([`resolved ${overdue(`${member}/eu-west-1`)}`]);
  expect(report.gaps).toEqual([]);
});

test('a region that no audit is asked to read is a gap as many days after it was seen enabled, told once, until it is switched off', async () => {
  const bench = openBench(world);
  const daily = (audit_: string) => audit(bench.ports, { audit: audit_, regions: ['us-east-1'] });
  await daily('a-1');
  await findOverdue(bench.ports, 'aws');
  bench.waitDays(6);
  await daily('a-2');
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([]);
  bench.waitDays(2);
  await daily('a-3');
  await findOverdue(bench.ports, 'aws');
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([`new ${overdue(`${member}/eu-west-1`)}`]);
  bench.become({ ...world, [member]: { regions: ['us-east-1', 'ap-south-1'] } });
  await daily('a-4');
  await audit(bench.ports, { audit: 'a-5' });
  expect(bench.news()).toEqual([`resolved ${overdue(`${member}/eu-west-1`)}`]);
  bench.waitDays(6);
  await daily('a-6');
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([]);
});

test('an account that joined long ago and was never read is a gap of its home region; one that has just joined is none', async () => {
  const bench = openBench({ ...world, [newcomer]: { joinedAt: '2026-01-08T00:00:00Z' } });
  await audit(bench.ports, { audit: 'a-1', accounts: [member] });
  bench.waitDays(8);
  await audit(bench.ports, { audit: 'a-2', accounts: [member] });
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([`new ${overdue(`${management}/us-east-1`)}`]);
});

test('what is a gap already is not told once more as overdue, and closed accounts and regions are nobody’s to read', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ ...world, [member]: { unread: { reason: 'role-missing', message: 'no' } } });
  bench.waitDays(8);
  await audit(bench.ports, { audit: 'a-2' });
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([`new Cannot read account ${member}: role-missing`]);
  bench.become({ ...world, [member]: { regions: ['us-east-1'] } });
  await audit(bench.ports, { audit: 'a-3' });
  bench.become({ [management]: {}, [member]: { state: 'SUSPENDED' } });
  bench.waitDays(8);
  await audit(bench.ports, { audit: 'a-4', accounts: [management] });
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toEqual([`resolved Cannot read account ${member}: role-missing`]);
});

test('a place that nobody reads for a week more is told again, as worse', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.waitDays(8);
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toHaveLength(3);
  bench.waitDays(8);
  await findOverdue(bench.ports, 'aws');
  expect(bench.news()).toContain(`changed ${overdue(`${management}/us-east-1`)}, for more than 7 days`);
  expect(bench.told.at(-1)?.finding.severity).toBe('high');
});
