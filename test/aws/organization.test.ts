import { expect, test } from 'vitest';
import type { Account } from '../../shared/app/ports.ts';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { awsOrganization } from '../../shared/aws/organization.ts';
import type { Exchange } from '../../shared/aws/recording.ts';
import { credentials, recorded } from './recorded.ts';

const exchange = (
  operation: string,
  input: object,
  answer: Pick<Exchange, 'output' | 'error'>,
): Exchange => ({
  region: 'us-east-1',
  client: 'Organizations',
  operation,
  input,
  ...answer,
});

const organization = (...caller: readonly Exchange[]) =>
  awsOrganization({
    region: 'eu-central-1',
    calls: { ...callSettings(), maxAttempts: 1 },
    credentials,
    recording: recorded({ caller }),
  });

test.each([
  ['eu-central-1', 'organizations.us-east-1.amazonaws.com', 'us-east-1'],
  ['cn-north-1', 'organizations.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1'],
  ['us-gov-east-1', 'organizations.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
])('from %s the organization is asked at %s', async (region, host, signed) => {
  const calls = { ...callSettings(), maxAttempts: 1 };
  const asked: string[] = [];
  const handle: typeof calls.requestHandler.handle = async ({ hostname, headers }) => {
    asked.push(`${hostname} ${headers.authorization?.match(/\/([^/]+)\/organizations\//)?.[1]}`);
    throw new Error('not on the wire');
  };
  const { describe } = awsOrganization({
    region,
    calls: { ...calls, requestHandler: { ...calls.requestHandler, handle } },
    credentials,
  });
  await expect(describe()).rejects.toThrow();
  expect(asked).toEqual([`${host} ${signed}`]);
});

test('accounts are listed page by page to the end, over an empty page; State goes before Status', async () => {
  const paths = ['o-abc1234567/r-ab12/ou-ab12-11111111/'];
  const { accounts } = organization(
    exchange(
      'ListAccounts',
      {},
      {
        output: {
          Accounts: [{ Id: '111122223333', Name: 'a', State: 'ACTIVE', Paths: paths }],
          NextToken: '1',
        },
      },
    ),
    exchange('ListAccounts', { NextToken: '1' }, { output: { Accounts: [], NextToken: '2' } }),
    exchange(
      'ListAccounts',
      { NextToken: '2' },
      {
        output: {
          Accounts: [
            { Id: '000011112222', Name: 'b', Status: 'ACTIVE', State: 'PENDING_CLOSURE' },
            { Id: '444455556666', Name: 'c', Status: 'SUSPENDED' },
          ],
        },
      },
    ),
  );
  const listed: Account[] = [];
  for await (const account of accounts()) listed.push(account);
  expect(listed).toEqual([
    { id: '111122223333', name: 'a', state: 'ACTIVE', paths },
    { id: '000011112222', name: 'b', state: 'PENDING_CLOSURE', paths: [] },
    { id: '444455556666', name: 'c', state: 'SUSPENDED', paths: [] },
  ]);
});

test('the organization has an id and a management account', async () => {
  const described = { Organization: { Id: 'o-abc1234567', MasterAccountId: '111122223333' } };
  const { describe } = organization(exchange('DescribeOrganization', {}, { output: described }));
  expect(await describe()).toEqual({ id: 'o-abc1234567', managementAccount: '111122223333' });
});

test.each([
  ['AccessDeniedException', 'from the management account or from a delegated administrator'],
  ['AWSOrganizationsNotInUseException', 'trustwatch watches the accounts of an AWS organization'],
  ['CredentialsProviderError', 'sign in'],
])('%s ends the work with a remedy', async (name, remedy) => {
  const { describe } = organization(exchange('DescribeOrganization', {}, { error: { name, message: 'no' } }));
  await expect(describe()).rejects.toMatchObject({
    name: 'OperationError',
    message: expect.stringContaining(remedy),
  });
});

test('the tags of an account are read to the end, and a refusal is not taken for none', async () => {
  const tagsOf = (...exchanges: readonly Exchange[]) => organization(...exchanges).tags('111122223333');
  const ask = (token: object, answer: Pick<Exchange, 'output' | 'error'>) =>
    exchange('ListTagsForResource', { ResourceId: '111122223333', ...token }, answer);
  const more = { output: { Tags: [{ Key: 'tier', Value: 'production' }], NextToken: 'more' } };
  const rest = { output: { Tags: [{ Key: '__proto__', Value: 'x' }] } };
  expect(await tagsOf(ask({}, more), ask({ NextToken: 'more' }, rest))).toEqual({
    tags: Object.fromEntries([
      ['tier', 'production'],
      ['__proto__', 'x'],
    ]),
  });
  const denied = { error: { name: 'AccessDeniedException', message: 'no' } };
  expect(await tagsOf(ask({}, denied))).toMatchObject({ reason: 'denied' });
});

const listPolicies = (answer: Pick<Exchange, 'output' | 'error'>) =>
  exchange('ListPolicies', { Filter: 'RESOURCE_CONTROL_POLICY' }, answer);

test('resource control policies come with their text and what they are attached to', async () => {
  const { resourceControlPolicies, resourceControlPolicyIds } = organization(
    listPolicies({
      output: {
        Policies: [
          { Id: 'p-RCPFullAWSAccess', Name: 'RCPFullAWSAccess', AwsManaged: true },
          { Id: 'p-unattached', Name: 'draft', AwsManaged: false },
          { Id: 'p-perimeter', Name: 'perimeter', AwsManaged: false },
        ],
      },
    }),
    exchange('ListTargetsForPolicy', { PolicyId: 'p-unattached' }, { output: { Targets: [] } }),
    exchange(
      'ListTargetsForPolicy',
      { PolicyId: 'p-perimeter' },
      { output: { Targets: [{ TargetId: 'r-ab12' }], NextToken: 'more' } },
    ),
    exchange(
      'ListTargetsForPolicy',
      { PolicyId: 'p-perimeter', NextToken: 'more' },
      { output: { Targets: [{ TargetId: '111122223333' }] } },
    ),
    exchange('DescribePolicy', { PolicyId: 'p-perimeter' }, { output: { Policy: { Content: '{}' } } }),
  );
  expect(await resourceControlPolicyIds()).toEqual(['p-RCPFullAWSAccess', 'p-unattached', 'p-perimeter']);
  expect(await resourceControlPolicies()).toEqual([
    { name: 'perimeter', text: '{}', targets: ['r-ab12', '111122223333'] },
  ]);
});

test.each([
  ['PolicyTypeNotAvailableForOrganizationException', []],
  ['AccessDeniedException', { reason: 'denied', message: 'AccessDeniedException: no' }],
])('asked for resource control policies, %s', async (name, answer) => {
  const { resourceControlPolicies } = organization(listPolicies({ error: { name, message: 'no' } }));
  expect(await resourceControlPolicies()).toEqual(answer);
});
