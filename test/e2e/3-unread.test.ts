import { afterAll, expect, inject, test } from 'vitest';
import { kinds } from '../../shared/kinds/index.ts';
import { auditRoleOf, faults } from './faults.ts';
import { type Body, subscribe } from './inbox.ts';
import { audit, servedKinds, startAnew } from './stack.ts';

const { accounts, planted } = inject('world');
const { payments } = accounts;

afterAll(() => faults());

const assuming = { operation: 'sts:AssumeRole', text: auditRoleOf(payments) };

const ofPayments = ({ account }: Body) => account === payments;

test('an account whose audit role cannot be assumed is one gap, told once, and nothing of it is resolved', async () => {
  const inbox = await subscribe('unread');
  await faults({ ...assuming, answer: 'denied' });
  await startAnew();
  const report = await audit('denied');
  await audit('denied-again');

  expect(report.coverage.unreadAccounts).toMatchObject([{ account: payments, reason: 'role-missing' }]);
  expect(report.gaps).toMatchObject([
    { status: 'new', reason: 'role-missing', subject: { account: payments } },
  ]);
  const kept = report.findings.filter(({ account }) => account === payments);
  expect(kept).toHaveLength(planted.filter(({ resource }) => resource.includes(payments)).length);

  const [message] = await inbox.take(1, 20_000, ofPayments);
  expect(message?.body).toMatchObject({ status: 'new', type: 'gap', unread: { reason: 'role-missing' } });
  expect(await inbox.told(ofPayments)).toHaveLength(1);
});

test('when it can be assumed again the gap is resolved, however busy STS is at first', async () => {
  const inbox = await subscribe('readable');
  await faults({ ...assuming, answer: 'throttled', times: 2 });
  await startAnew();
  const report = await audit('readable');
  expect(report.gaps).toEqual([]);
  const [message] = await inbox.take(1, 20_000, ofPayments);
  expect(message?.body).toMatchObject({ status: 'resolved', type: 'gap' });
});

test('an audit of every kind reads all that a service answers; each that none answers is a gap by its name', async () => {
  const asked = { accounts: [accounts.sandbox], regions: ['us-east-1'] };
  const report = await audit('every-kind', asked);
  const [place] = report.coverage.places;
  expect(place?.kinds.map(({ kind }) => kind)).toEqual(kinds.map(({ id }) => id));
  const isUnread = (outcome: string, resources: number) => outcome === 'unread' || resources > 0;
  const unread = (place?.kinds ?? []).flatMap(({ kind, outcome, unreadResources }) =>
    isUnread(outcome, unreadResources) ? kind : [],
  );
  expect(unread.filter((kind) => servedKinds.includes(kind))).toEqual([]);
  expect(report.gaps.map(({ subject }) => (subject as { kind?: string }).kind).sort()).toEqual(unread);
});
