import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect, inject, test } from 'vitest';
import { config } from './clients.ts';
import { deploy } from './deploy.ts';
import { stranger } from './plants.ts';
import { parameters } from './setup.ts';
import { eventually, type Report, reportOf, scope } from './stack.ts';

test('the schedule audits on its own; an update keeps what is known, and puts trust.yml in force', async () => {
  const { AuditMachineArn } = await deploy({
    ...parameters(inject('world')),
    trustFile: 'test/e2e/trust.yml',
    auditSchedule: 'rate(1 minute)',
    auditInput: JSON.stringify(scope),
  });
  const client = new SFNClient(config);
  const known = new Set((await executions(client, AuditMachineArn)).map(({ name }) => name));
  const report = await eventually('a scheduled audit with the new trust.yml', 200_000, async () => {
    const done = await executions(client, AuditMachineArn);
    const scheduled = done.find(({ name, status }) => !known.has(name) && status === 'SUCCEEDED');
    if (scheduled === undefined) return undefined;
    known.add(scheduled.name);
    const { findings } = await reportOf(scheduled.name ?? '');
    return findings.some(isTrusted) ? undefined : findings;
  });
  const untrusted = inject('world').planted.filter(({ outsider }) => outsider !== 'account');
  expect(report.length).toBeGreaterThanOrEqual(untrusted.length);
  expect(report.filter(({ status }) => status === 'new')).toEqual([]);
  // No audit each minute, which would find what the tests after this one change before its event comes.
  await deploy({ ...parameters(inject('world')), trustFile: 'test/e2e/trust.yml' });
}, 340_000);

/** Whether the outsider is the account that trust.yml of this folder names. */
const isTrusted = ({ outsider }: Report['findings'][number]) => outsider.account === stranger;

async function executions(client: SFNClient, stateMachineArn: string | undefined) {
  return (await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
}
