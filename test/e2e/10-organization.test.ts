import { randomUUID } from 'node:crypto';
import { OrganizationsClient, RemoveAccountFromOrganizationCommand } from '@aws-sdk/client-organizations';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { config, securityAccount } from './clients.ts';
import { letDaysPass, letWindowPass } from './clock.ts';
import { faults } from './faults.ts';
import { type Body, subscribe } from './inbox.ts';
import { stranger } from './plants.ts';
import { audit, eventually, invoke, putChange, type Report, reportOf } from './stack.ts';
import { makeRole, roleArn } from './trust-change.ts';
import { createAccount } from './world.ts';

const { payments, data } = inject('world').accounts;
const organizations = new OrganizationsClient({ ...config, region: 'us-east-1' });
const root = (account: string) => `arn:aws:iam::${account}:root`;
const rolesOf = (account: string) => ({ accounts: [account], regions: ['us-east-1'], kinds: ['iam:role'] });

/** Trusted by a role of another account, and trusted by nobody. */
let [trusted, lonely] = ['', ''];

beforeAll(async () => {
  trusted = await createAccount(organizations, 'trusted');
  lonely = await createAccount(organizations, 'lonely');
  for (const account of [trusted, lonely]) await makeRole(account, 'open', root(stranger));
});

afterAll(() => faults());

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
  const [ended] = await eventually(`the end of ${beginning}`, 180_000, async () => {
    const found = await started(beginning);
    return found.length > 0 && found.every(({ status }) => status !== 'RUNNING') ? found : undefined;
  });
  expect(ended?.status).toBe('SUCCEEDED');
  return reportOf(ended?.name ?? '');
}

const statusOf = ({ findings }: Report, resource: string) =>
  findings.filter((finding) => finding.resource === resource).map(({ status, title }) => ({ status, title }));

test('an account that was made is swept when the window of its events is over, once for all of them', async () => {
  await faults({ operation: 'ec2:DescribeRegions', answer: 'one region' });
  await letWindowPass(25);
  const made = { createAccountStatus: { state: 'SUCCEEDED', accountId: trusted } };
  await putChange(recordOf('CreateAccountResult', { serviceEventDetails: made }));
  await putChange(recordOf('MoveAccount', { requestParameters: { accountId: trusted } }));
  const report = await reportOfOwn(`account-${trusted}-`);
  expect(statusOf(report, roleArn(trusted, 'open'))).toMatchObject([{ status: 'new' }]);
  expect(report.coverage.places).toMatchObject([{ account: trusted, region: 'us-east-1' }]);
  expect(await started(`account-${trusted}-`)).toHaveLength(1);
  await faults();
}, 240_000);

test('who still trusts an account that has left is a finding; one that nobody names takes its own findings along', async () => {
  await makeRole(payments, 'trusts-newcomer', root(trusted));
  const before = await audit('before-departure', rolesOf(payments));
  expect(statusOf(before, roleArn(payments, 'trusts-newcomer'))).toEqual([]);
  expect(statusOf(await audit('lonely', rolesOf(lonely)), roleArn(lonely, 'open'))).toHaveLength(1);

  for (const AccountId of [trusted, lonely])
    await organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId }));
  await letWindowPass(25);
  for (const accountId of [trusted, lonely]) {
    const serviceEventDetails = {
      managementAccountId: securityAccount,
      accountId,
      departedMethod: 'Removed',
    };
    await putChange(recordOf('AccountDepartedOrganization', { serviceEventDetails }));
  }
  const trusting = await reportOfOwn(`departed-${trusted}-`);
  expect(statusOf(trusting, roleArn(payments, 'trusts-newcomer'))).toMatchObject([
    { status: 'new', title: expect.stringContaining('has left the organization') },
  ]);
  const nothing = await reportOfOwn(`departed-${lonely}-`);
  expect(nothing.coverage.places).toEqual([]);
  const after = await audit('after-departure');
  for (const account of [trusted, lonely]) expect(statusOf(after, roleArn(account, 'open'))).toEqual([]);
}, 300_000);

test('places that no audit reads any more are gaps, told once', async () => {
  const inbox = await subscribe('overdue');
  const isMine = ({ account, unread }: Body) => account === data && unread?.reason === 'overdue';
  await letDaysPass(9);
  await invoke('find-overdue');
  await invoke('find-overdue');
  expect(await inbox.told(isMine)).toMatchObject([{ status: 'new', type: 'gap' }]);
});
