import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect, inject, test } from 'vitest';
import { config } from './clients.ts';
import { deploy } from './deploy.ts';
import { stranger } from './plants.ts';
import { parameters } from './setup.ts';
import { eventually, type Report, reportOf, scope } from './stack.ts';

const client = new SFNClient(config);

test('the schedule audits on its own; an update keeps what is known, and puts trust.yml in force', async () => {
  const withTrust = { ...parameters(inject('world')), trustFile: 'test/e2e/trust.yml' };
  await deploy(withTrust);
  const known = new Set((await executions()).map(({ name }) => name));
  const soon = new Date(Date.now() + 10_000).toISOString().slice(0, 19);
  // Once: an audit every minute would find what the tests after this one change before its event comes.
  await deploy({ ...withTrust, auditSchedule: `at(${soon})`, auditInput: JSON.stringify(scope) });
  const { status, name = '' } = await eventually('the end of a scheduled audit', 120_000, async () =>
    (await executions()).find((each) => !known.has(each.name) && each.status !== 'RUNNING'),
  );
  expect(status).toBe('SUCCEEDED');
  const { findings } = await reportOf(name);
  expect(findings.filter(isTrusted)).toEqual([]);
  expect(findings.filter((finding) => finding.status === 'new')).toEqual([]);
  const untrusted = inject('world').planted.filter(({ outsider }) => outsider !== 'account');
  expect(findings.length).toBeGreaterThanOrEqual(untrusted.length);
}, 240_000);

/** Whether the outsider is the account that trust.yml of this folder names. */
const isTrusted = ({ outsider }: Report['findings'][number]) => outsider.account === stranger;

async function executions() {
  const { AuditMachineArn: stateMachineArn } = inject('stack');
  return (await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
}
