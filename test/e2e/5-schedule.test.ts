import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect, inject, test } from 'vitest';
import { config } from './clients.ts';
import { deploy } from './deploy.ts';
import { parameters } from './setup.ts';
import { eventually, reportOf, scope } from './stack.ts';

test('the schedule audits on its own, and an update of the stack keeps what is known', async () => {
  const { AuditMachineArn } = await deploy({
    ...parameters(inject('world')),
    auditSchedule: 'rate(1 minute)',
    auditInput: JSON.stringify(scope),
  });
  const client = new SFNClient(config);
  const known = new Set((await executions(client, AuditMachineArn)).map(({ name }) => name));
  const scheduled = await eventually('a scheduled audit', 150_000, async () => {
    const done = await executions(client, AuditMachineArn);
    return done.find(({ name, status }) => !known.has(name) && status === 'SUCCEEDED');
  });
  const report = await reportOf(scheduled.name ?? '');
  expect(report.findings.length).toBeGreaterThanOrEqual(inject('world').planted.length);
  expect(report.findings.filter(({ status }) => status === 'new')).toEqual([]);
}, 240_000);

async function executions(client: SFNClient, stateMachineArn: string | undefined) {
  return (await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
}
