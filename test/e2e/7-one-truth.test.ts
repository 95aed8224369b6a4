import { expect, inject, test } from 'vitest';
import { type Body, subscribe } from './inbox.ts';
import { audit, putChange } from './stack.ts';
import { changeTrust, makeRole, roleArn } from './trust-change.ts';

const { payments, data } = inject('world').accounts;

const neighbour = `arn:aws:iam::${data}:root`;
const outsider = 'arn:aws:iam::888877776666:root';
const wider = '*';

const rolesOfPayments = { accounts: [payments], regions: ['us-east-1'], kinds: ['iam:role'] };

const about =
  (roleName: string) =>
  ({ resource }: Body) =>
    resource === roleArn(payments, roleName);

test('what no event told of is told by the next audit, which says so; the event that comes late tells nothing new', async () => {
  const inbox = await subscribe('silent');
  await makeRole(payments, 'silent', neighbour);
  await audit('before-silence', rolesOfPayments);
  const change = await changeTrust(payments, 'silent', outsider);
  await audit('after-silence', rolesOfPayments);
  await putChange(change);
  expect(await inbox.told(about('silent'))).toMatchObject([
    {
      status: 'new',
      unannounced: true,
      cause: { by: 'audit', audit: 'after-silence' },
      policies: {
        before: [{ text: expect.stringContaining(neighbour) }],
        after: [{ text: expect.stringContaining(outsider) }],
      },
    },
  ]);

  await changeTrust(payments, 'silent', neighbour);
  await audit('silence-repaired', rolesOfPayments);
  expect(await inbox.told(about('silent'))).toMatchObject([
    { status: 'new' },
    { status: 'resolved', unannounced: true, cause: { by: 'audit', audit: 'silence-repaired' } },
  ]);
});

test('an event and an audit at the same moment are one alert, and so are their ends', async () => {
  const inbox = await subscribe('same-moment');
  const roles = ['moment-1', 'moment-2', 'moment-3', 'moment-4'];
  for (const roleName of roles) await makeRole(payments, roleName, neighbour);

  async function everyRoleTrusts(principal: string, name: string) {
    const changes = await Promise.all(roles.map((roleName) => changeTrust(payments, roleName, principal)));
    const audited = audit(name, rolesOfPayments);
    for (const change of changes) await putChange(change);
    await audited;
  }

  await everyRoleTrusts(outsider, 'same-moment-open');
  await everyRoleTrusts(neighbour, 'same-moment-closed');
  for (const roleName of roles)
    expect(await inbox.told(about(roleName))).toMatchObject([{ status: 'new' }, { status: 'resolved' }]);
});

test('changes whose events come in another order end where the last of them ended', async () => {
  const inbox = await subscribe('order');
  await putChange(await makeRole(payments, 'order', outsider));
  await inbox.take(1, 30_000, about('order'));

  const closed = await changeTrust(payments, 'order', neighbour);
  const opened = await changeTrust(payments, 'order', wider);
  await putChange(opened);
  await putChange(closed);
  const told = await inbox.told(about('order'));
  expect(told.map(({ status, grant }) => [status, grant?.outsider.type])).toEqual([
    ['new', 'account'],
    ['new', 'any-account'],
    ['resolved', 'account'],
  ]);

  // Open and closed again before either event comes: there is nothing to tell.
  const first = await changeTrust(payments, 'order', neighbour);
  const brief = await changeTrust(payments, 'order', outsider);
  const last = await changeTrust(payments, 'order', neighbour);
  for (const change of [first, last, brief]) await putChange(change);
  expect((await inbox.told(about('order'))).slice(3)).toMatchObject([{ status: 'resolved' }]);
});
