import { randomUUID } from 'node:crypto';
import {
  CloseAccountCommand,
  OrganizationsClient,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { config, securityAccount } from './clients.ts';
import { letDaysPass, letWindowPass } from './clock.ts';
import { faults } from './faults.ts';
import { type Body, subscribe } from './inbox.ts';
import { stranger } from './plants.ts';
import { audit, eventually, invoke, putChange, putTrust, type Report, reportOf, tellPile } from './stack.ts';
import { changeTrust, makeRole, roleArn } from './trust-change.ts';
import { createAccount } from './world.ts';

const { payments, data, build } = inject('world').accounts;
const organizations = new OrganizationsClient({ ...config, region: 'us-east-1' });
const root = (account: string) => `arn:aws:iam::${account}:root`;
const rolesOf = (...accounts: readonly string[]) => ({
  accounts,
  regions: ['us-east-1'],
  kinds: ['iam:role'],
});

/** What CloudTrail writes in the management account. */
const recordOf = (eventName: string, parts: object) => ({
  eventID: randomUUID(),
  eventSource: 'organizations.amazonaws.com',
  eventName,
  eventTime: new Date().toISOString(),
  awsRegion: 'us-east-1',
  recipientAccountId: securityAccount,
  userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${securityAccount}:user/eve` },
  requestParameters: null,
  responseElements: null,
  ...parts,
});

const madeRecord = (accountId: string) =>
  recordOf('CreateAccountResult', {
    serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId } },
  });

const departedRecord = (accountId: string) =>
  recordOf('AccountDepartedOrganization', {
    serviceEventDetails: { managementAccountId: securityAccount, accountId, departedMethod: 'Removed' },
  });

const closedRecord = (accountId: string) =>
  recordOf('CloseAccountResult', {
    serviceEventDetails: { closeAccountStatus: { accountId, state: 'SUCCEEDED' } },
  });

/** The audits of these names that the stack has started on its own. */
async function started(beginning: string) {
  const stateMachineArn = inject('stack').AuditMachineArn;
  const { executions = [] } = await new SFNClient(config).send(
    new ListExecutionsCommand({ stateMachineArn }),
  );
  return executions.filter(({ name }) => name?.startsWith(beginning));
}

/** The report of the one audit that the stack has started for an account. */
async function reportOfOwn(beginning: string): Promise<Report> {
  const [ended] = await eventually(`the end of ${beginning}`, 120_000, async () => {
    const found = await started(beginning);
    return found.length > 0 && found.every(({ status }) => status !== 'RUNNING') ? found : undefined;
  });
  expect(ended?.status).toBe('SUCCEEDED');
  return reportOf(ended?.name ?? '');
}

const statusOf = ({ findings }: Report, resource: string) =>
  findings.filter((finding) => finding.resource === resource).map(({ status, title }) => ({ status, title }));

const placesOf = ({ coverage }: Report, account: string) =>
  coverage.places.filter((place) => place.account === account).map(({ region }) => region);

const about =
  (arn: string) =>
  ({ resource }: Body) =>
    resource === arn;

/** Of each a role lets a stranger in. `gone` is trusted by a role of payments, `closed` by one of build, `lonely` by nobody. */
let [made, gone, lonely, closed] = ['', '', '', ''];
const open = (account: string) => roleArn(account, 'open');
const [trustsGone, trustsClosed] = [roleArn(payments, 'trusts-gone'), roleArn(build, 'trusts-closed')];
let inbox: Awaited<ReturnType<typeof subscribe>>;

beforeAll(async () => {
  await putTrust({});
  [made = '', gone = '', lonely = '', closed = ''] = await Promise.all(
    ['made', 'gone', 'lonely', 'closed'].map((name) => createAccount(organizations, name)),
  );
  for (const account of [made, gone, lonely, closed]) await makeRole(account, 'open', root(stranger));
  await makeRole(payments, 'trusts-gone', root(gone));
  await makeRole(build, 'trusts-closed', root(closed));
  inbox = await subscribe('organization');
  const before = await audit('before-departure', rolesOf(payments, build, gone, lonely, closed));
  for (const arn of [trustsGone, trustsClosed]) expect(statusOf(before, arn)).toEqual([]);
  for (const account of [gone, lonely, closed]) expect(statusOf(before, open(account))).toHaveLength(1);

  for (const AccountId of [gone, lonely])
    await organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId }));
  await organizations.send(new CloseAccountCommand({ AccountId: closed }));
  await faults({ operation: 'ec2:DescribeRegions', answer: 'one region' });
  await letWindowPass(25);
  await putChange(madeRecord(made));
  await putChange(recordOf('MoveAccount', { requestParameters: { accountId: made } }));
  for (const account of [gone, lonely]) await putChange(departedRecord(account));
  await putChange(closedRecord(closed));
});

afterAll(() => faults());

test('an account that was made is swept when the window of its events is over, once for all of them', async () => {
  const report = await reportOfOwn(`account-${made}-`);
  expect(statusOf(report, open(made))).toMatchObject([{ status: 'new' }]);
  expect(placesOf(report, made)).toEqual(['us-east-1']);
  expect(await started(`account-${made}-`)).toHaveLength(1);
});

test('who still trusts an account that has left is told, and that it is resolved when the trust is taken away', async () => {
  const report = await reportOfOwn(`departed-${gone}-`);
  const title = expect.stringContaining('has left the organization');
  expect(statusOf(report, trustsGone)).toMatchObject([{ status: 'new', title }]);
  await putChange(await changeTrust(payments, 'trusts-gone', root(data)));
  expect(await inbox.told(about(trustsGone))).toMatchObject([
    { status: 'new', cause: { by: 'change', eventName: 'AccountDepartedOrganization' } },
    { status: 'resolved', cause: { by: 'change', eventName: 'UpdateAssumeRolePolicy' } },
  ]);
});

test('what an account that has left lets in itself is resolved for that reason, once, whoever trusts it', async () => {
  for (const account of [gone, lonely]) {
    const report = await reportOfOwn(`departed-${account}-`);
    expect(placesOf(report, account)).toEqual([]);
    expect(statusOf(report, open(account))).toEqual([]);
  }
  await audit('after-departure', rolesOf(payments));
  for (const account of [gone, lonely])
    expect(await inbox.told(about(open(account)))).toMatchObject([
      { status: 'new', cause: { by: 'audit', audit: 'before-departure' } },
      { status: 'resolved', departed: true, cause: { eventName: 'AccountDepartedOrganization' } },
    ]);
});

test('who still trusts a closed account is told, and when that ends; what it lets in itself stays, for nobody can look', async () => {
  const report = await reportOfOwn(`departed-${closed}-`);
  const title = expect.stringContaining('an own account that is suspended');
  expect(statusOf(report, trustsClosed)).toMatchObject([{ status: 'new', title }]);
  expect(placesOf(report, closed)).toEqual([]);
  await putChange(await changeTrust(build, 'trusts-closed', root(data)));
  expect(await inbox.told(about(trustsClosed))).toMatchObject([
    { status: 'new', cause: { by: 'change', eventName: 'CloseAccountResult' } },
    { status: 'resolved', cause: { by: 'change', eventName: 'UpdateAssumeRolePolicy' } },
  ]);
  expect(statusOf(await audit('after-closure', rolesOf(closed)), open(closed))).toMatchObject([
    { status: 'unread' },
  ]);
  expect(await inbox.told(about(open(closed)))).toMatchObject([{ status: 'new' }]);
});

test('regions that no audit reads, or none any more, are gaps, told once: by themselves or in a list', async () => {
  await letDaysPass(9);
  await invoke('find-overdue');
  await invoke('find-overdue');
  await inbox.told(() => true);
  await tellPile('storm');
  const bodies = await inbox.told(() => true);
  const told = bodies.flatMap((body) => body.findings ?? [body]);
  for (const region of ['us-east-1', 'ap-northeast-1'])
    expect(
      told.filter(
        (each) => each.account === data && each.region === region && /overdue/.test(each.cause.audit ?? ''),
      ),
    ).toMatchObject([{ status: 'new', type: 'gap' }]);
});
