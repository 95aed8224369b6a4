import { expect, test } from 'vitest';
import { callSettings } from '../../shared/aws/client-settings.ts';
import type { Exchange } from '../../shared/aws/recording.ts';
import { assumedSessions, type SessionSettings } from '../../shared/aws/sessions.ts';
import { OperationError } from '../../shared/errors.ts';
import { credentials, recorded } from './recorded.ts';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/security/audit`;

const assume = (answer: Pick<Exchange, 'output' | 'error'>, more: object = {}): Exchange => ({
  region: 'eu-central-1',
  client: 'STS',
  operation: 'AssumeRole',
  input: { RoleArn: role, RoleSessionName: 'trustwatch-on-change', DurationSeconds: 3600, ...more },
  ...answer,
});

const given = { Credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 's', SessionToken: 't' } };
const regions = ['us-east-1', 'eu-central-1', 'ap-south-1'];
const describeRegions: Exchange = {
  region: 'us-east-1',
  client: 'EC2',
  operation: 'DescribeRegions',
  input: {},
  output: { Regions: regions.map((RegionName) => ({ RegionName })) },
};

const listBuckets: Exchange = {
  region: 'us-east-1',
  client: 'S3',
  operation: 'ListBuckets',
  input: { MaxBuckets: 1 },
  output: { Owner: { ID: 'a1b2' }, Buckets: [] },
};

const sessions = (
  exchanges: Readonly<Record<string, readonly Exchange[]>>,
  more: Partial<SessionSettings> = {},
) =>
  assumedSessions({
    region: 'eu-central-1',
    roleName: 'security/audit',
    sessionName: 'trustwatch-on-change',
    calls: { ...callSettings(), maxAttempts: 1 },
    credentials,
    recording: recorded(exchanges),
    ...more,
  });

const failing = (name: string, message = 'said so') => assume({ error: { name, message } });

test('the audit role is assumed at the regional endpoint, and the session knows the regions of its account', async () => {
  const session = await sessions({
    caller: [assume({ output: given })],
    [account]: [describeRegions, listBuckets],
  }).assume(account);
  if ('reason' in session) throw new Error(session.message);
  expect(session).toMatchObject({ account, partition: 'aws' });
  expect(await session.enabledRegions()).toEqual([...regions].sort());
  expect(await session.canonicalUser()).toBe('a1b2');
});

test('an external id is sent when there is one, and a session name is cut to what STS takes', async () => {
  const asked = { ExternalId: 'x-1', RoleSessionName: `a-b-${'c'.repeat(60)}` };
  const { assume: ask } = sessions(
    { caller: [assume({ output: given }, asked)] },
    { externalId: 'x-1', sessionName: `a b ${'c'.repeat(80)}` },
  );
  expect(await ask(account)).not.toHaveProperty('reason');
});

test('credentials are asked for once while they are fresh, by however many at a time', async () => {
  const { assume: ask } = sessions({ caller: [assume({ output: given }), failing('AccessDenied')] });
  for (const outcome of await Promise.all([ask(account), ask(account)]))
    expect(outcome).not.toHaveProperty('reason');
  expect(await ask(account)).not.toHaveProperty('reason');
});

test('a failure is not kept: the next one who asks asks STS', async () => {
  const { assume: ask } = sessions({ caller: [failing('AccessDenied'), assume({ output: given })] });
  expect(await ask(account)).toMatchObject({ reason: 'role-missing' });
  expect(await ask(account)).not.toHaveProperty('reason');
});

test.each([
  ['AccessDenied', 'User x is not authorized to perform: sts:AssumeRole on resource: y', 'role-missing'],
  ['AccessDenied', 'not authorized, with an explicit deny in a service control policy', 'denied'],
  ['Throttling', 'Rate exceeded', 'throttled'],
  ['RegionDisabledException', 'STS is not activated in this region', 'failed'],
  ['TimeoutError', 'socket hang up', 'failed'],
])('%s, `%s`: unread, %s', async (name, message, reason) => {
  const outcome = await sessions({ caller: [failing(name, message)] }).assume(account);
  expect(outcome).toMatchObject({ reason, message: expect.stringContaining(role) });
});

test.each(['ExpiredTokenException', 'InvalidClientTokenId', 'CredentialsProviderError'])(
  '%s is no gap of an account: the caller has no credentials, and nothing goes on',
  async (name) => {
    await expect(sessions({ caller: [failing(name)] }).assume(account)).rejects.toThrow(OperationError);
  },
);

test('an account that needs no role is read with the credentials at hand', async () => {
  const session = await sessions({ [account]: [describeRegions] }, { withoutRole: account }).assume(account);
  if ('reason' in session) throw new Error(session.message);
  expect(await session.enabledRegions()).toHaveLength(3);
});

test('hostile text of a refusal stays on one bounded line', async () => {
  const outcome = await sessions({
    caller: [failing('AccessDenied', `a\n\u202eb${'c'.repeat(5000)}`)],
  }).assume(account);
  const { message } = outcome as { message: string };
  expect(message).not.toMatch(/[\n\u202e]/);
  expect(message.length).toBeLessThanOrEqual(400);
});
