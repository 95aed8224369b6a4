import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { openBench } from './bench.ts';
import { trusts } from './world.ts';

const account = '111111111111';
const roles = { admin: trusts('222222222222'), reader: trusts('222222222222'), own: trusts(account) };
const attached = { admin: ['ReadOnlyAccess', 'AdministratorAccess'], reader: ['ReadOnlyAccess'] };
const refusal = (RoleName: string) => ({
  client: 'IAM',
  operation: 'ListAttachedRolePolicies',
  input: { RoleName, MaxItems: 1000 },
  refusal: 'AccessDenied',
});

async function findings(world: Parameters<typeof openBench>[0]) {
  const { report } = await audit(openBench(world).ports, { audit: 'a-1', kinds: ['iam:role'] });
  return report.findings.map(({ finding: { arn, severity, power } }) => [arn.split('/')[1], severity, power]);
}

test('a role that outsiders may assume is judged by what it may do', async () => {
  expect(await findings({ [account]: { roles, attached } })).toEqual([
    ['admin', 'critical', 'administrator'],
    ['reader', 'high', undefined],
  ]);
});

test('not to be able to read what a role may do hides no finding, and roles of our own are not asked', async () => {
  const missing = [refusal('reader'), refusal('own')];
  const { report } = await audit(
    openBench({ [account]: { roles: { reader: roles.reader, own: roles.own }, missing } }).ports,
    { audit: 'a-1', kinds: ['iam:role'] },
  );
  expect(report.findings).toMatchObject([{ finding: { severity: 'high', power: 'unread' } }]);
  expect(report.gaps).toEqual([]);
});
