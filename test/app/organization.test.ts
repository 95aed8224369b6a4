import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import type { AuditStarter } from '../../shared/app/audit-ports.ts';
import { parseAuditRequest } from '../../shared/app/audit-request.ts';
import { isInside } from '../../shared/app/membership.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { surroundingsOf } from '../../shared/app/surroundings.ts';
import { loadTrust } from '../../shared/config/trust.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { openBench } from './bench.ts';
import { event, roleChanged } from './events.ts';
import { lets, trusts, type World } from './world.ts';

const [management, member, third, fourth] = [
  '111111111111',
  '111111111112',
  '111111111113',
  '111111111114',
] as const;

type Request = Parameters<AuditStarter['start']>[1];

/** A bench that starts audits as the state machine does, whose zone are the accounts that its organization lists. */
function open(world: World) {
  const bench = openBench(world);
  const started = new Map<string, Request>();
  const waiting: { readonly body: string; readonly delaySeconds: number }[] = [];
  const controls: string[] = [];
  const seen = new Map<string, 'seen'>();
  const ports = {
    ...bench.ports,
    organization: { ...bench.ports.organization, resourceControlPolicyIds: async () => controls },
    zones: {
      ...bench.ports.zones,
      async zone() {
        const accounts = await collect(bench.ports.organization.accounts());
        for (const { id } of accounts) seen.set(id, 'seen');
        const listed = new Set(accounts.map(({ id }) => id));
        const departed = [...seen.keys()].filter((id) => !listed.has(id)).map((id) => ({ id, seenAt: '' }));
        const organization = {
          id: 'o-acme000001',
          managementAccount: management,
          accounts,
          departed,
          controls: [],
        };
        return surroundingsOf(organization, new Map(), loadTrust('', 'trust.yml'), new Date('2026-01-01'));
      },
    },
    audits: {
      async start(name: string, request: Request) {
        if (!started.has(name)) started.set(name, request);
      },
    },
    changeQueue: {
      delaysSeconds: [],
      send: async (body: string, delaySeconds: number) => void waiting.push({ body, delaySeconds }),
    },
  };
  const follow = async (...bodies: readonly string[]) => {
    const messages = bodies.map((body, index) => ({ id: `${index}`, body }));
    expect(await onChange(ports, messages, () => Number.POSITIVE_INFINITY)).toEqual({ failed: [] });
  };
  return {
    ...bench,
    ports,
    started,
    controls,
    follow,
    /** Delivers what waits, once; says how long it has waited. */
    async deliver() {
      const due = waiting.splice(0);
      await follow(...due.map(({ body }) => body));
      return due.map(({ delaySeconds }) => delaySeconds);
    },
    /** Runs the audits that were started, as the state machine does: the request goes through JSON. */
    async runStarted() {
      for (const [name, request] of started)
        await audit(ports, parseAuditRequest(JSON.parse(JSON.stringify({ ...request, audit: name }))));
      started.clear();
    },
  };
}

const organizationEvent = (name: string, parts: object = {}, account: string = management) => {
  const sent = JSON.parse(event('organizations.amazonaws.com', name, {}, account).body);
  Object.assign(sent.detail, parts);
  return JSON.stringify(sent);
};

const created = (account: string) =>
  organizationEvent('CreateAccountResult', {
    requestParameters: null,
    serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: account } },
  });

const departedEvent = (account: string) =>
  organizationEvent('AccountDepartedOrganization', {
    serviceEventDetails: { managementAccountId: management, accountId: account, departedMethod: 'Removed' },
  });

const trusting: World = {
  [management]: { roles: { deploy: trusts(third), other: trusts(member) } },
  [member]: { queues: { 'us-east-1': { orders: lets(third, 'sqs:SendMessage') } } },
  [third]: { roles: { own: trusts(management) } },
};

const whoTrusts = [
  `Account ${third} (has left the organization) can assume iam:role role/deploy of account ${management}`,
  `Account ${third} (has left the organization) can write to sqs:queue orders of account ${member}`,
];

test('whoever still trusts an account that has left is a finding of the event, by who removed it; nothing else is read', async () => {
  const bench = open(trusting);
  await audit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toEqual([]);
  const { [third]: _, ...left } = trusting;
  bench.become(left);
  await bench.follow(departedEvent(third));
  expect(bench.started.size).toBe(0);
  expect(await bench.deliver()).toEqual([expect.any(Number)]);
  expect([...bench.started.values()]).toMatchObject([{ about: [third], cause: { by: 'change' } }]);
  bench.files.clear();
  await bench.runStarted();
  expect(bench.news()).toEqual(whoTrusts.map((title) => `new ${title}`));
  expect(bench.told.map(({ cause }) => cause)).toMatchObject([
    { eventName: 'AccountDepartedOrganization' },
    { eventName: 'AccountDepartedOrganization' },
  ]);
  const report = JSON.parse(bench.files.get('report.json') ?? '');
  expect(
    report.coverage.places.map(({ account, kinds }: { account: string; kinds: { kind: string }[] }) => [
      account,
      ...kinds.map(({ kind }) => kind),
    ]),
  ).toEqual([
    [management, 'iam:role'],
    [member, 'sqs:queue'],
  ]);
  await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([]);
});

test('an account that nobody names takes its own findings along when it leaves, and they say that this is why', async () => {
  const opened: World = { [management]: {}, [third]: { roles: { open: trusts('999999999999') } } };
  const title = `Account 999999999999 can assume iam:role role/open of account ${third}`;
  const followed = async (bench: ReturnType<typeof open>) => {
    await bench.follow(departedEvent(third));
    await bench.deliver();
    await bench.runStarted();
  };
  const audited = (bench: ReturnType<typeof open>) => audit(bench.ports, { audit: 'a-2' });
  for (const see of [followed, audited]) {
    const bench = open(opened);
    await audit(bench.ports, { audit: 'a-1' });
    expect(bench.news()).toEqual([`new ${title}`]);
    bench.become({ [management]: {} });
    await see(bench);
    expect(bench.news()).toEqual([`resolved ${title}`]);
    const [resolved] = bench.told.slice(-1);
    expect(resolved).toMatchObject({ departed: true });
    // Nobody has seen the policy gone.
    expect(resolved).not.toHaveProperty('unannounced');
    expect(resolved?.policies).not.toHaveProperty('after');
    await audit(bench.ports, { audit: 'a-3' });
    expect(bench.news()).toEqual([]);

    bench.become(opened);
    await audit(bench.ports, { audit: 'a-4' });
    expect(bench.news()).toEqual([`new ${title}`]);
    expect(bench.told.at(-1)?.policies).not.toHaveProperty('before');
  }
});

test('of two that come and go at once, each is told with its own event; another audit blames none', async () => {
  const world = (...accounts: readonly string[]): World =>
    Object.fromEntries([
      [management, {}],
      ...accounts.map((account) => [account, { roles: { open: trusts('999999999999') } }]),
    ]);
  const bench = open(world(member, third));
  bench.controls.push('p-control');
  await audit(bench.ports, { audit: 'a-1' });
  bench.become(world());
  await bench.follow(departedEvent(member));
  await bench.deliver();
  bench.become(world(fourth));
  await bench.follow(created(fourth));
  await bench.deliver();
  expect([...bench.started.values()]).toMatchObject([{ about: [member] }, { about: [fourth] }]);
  await bench.runStarted();
  expect(bench.told.slice(2).map(({ status, cause }) => ({ status, cause }))).toMatchObject([
    { status: 'resolved', cause: { eventName: 'AccountDepartedOrganization' } },
    { status: 'new', cause: { eventName: 'CreateAccountResult' } },
  ]);
  await bench.follow(organizationEvent('AttachPolicy', { requestParameters: { policyId: 'p-control' } }));
  await bench.deliver();
  const [name] = bench.started.keys();
  await bench.runStarted();
  expect(bench.told.slice(4)).toMatchObject([{ status: 'resolved', cause: { by: 'audit', audit: name } }]);
});

test('what cannot be read of an account that leaves is no gap any more, for that reason', async () => {
  const unread = { reason: 'role-missing', message: 'AccessDenied: not there' } as const;
  const bench = open({ [management]: {}, [third]: { unread } });
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ [management]: {} });
  await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([
    `new Cannot read account ${third}: role-missing`,
    `resolved Cannot read account ${third}: role-missing`,
  ]);
  expect(bench.told.at(-1)).toMatchObject({ departed: true });
});

test('without its event, the next audit says the same', async () => {
  const bench = open(trusting);
  await audit(bench.ports, { audit: 'a-1' });
  const { [third]: _, ...left } = trusting;
  bench.become(left);
  await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual(whoTrusts.map((title) => `new ${title}`));
});

test.each([
  ['SUSPENDED', 'an own account that is suspended'],
  ['PENDING_CLOSURE', 'an own account that is being closed'],
  ['CLOSED', 'an own account that is closed'],
])(
  'an account that is %s is not inside any more, and its trust says why; what it lets in stays',
  async (state, word) => {
    const world: World = { ...trusting, [third]: { roles: { open: trusts('999999999999') } } };
    const bench = open(world);
    await audit(bench.ports, { audit: 'a-1' });
    expect(bench.news()).toHaveLength(1);
    bench.become({ ...trusting, [third]: { state } });
    await bench.follow(organizationEvent('CloseAccount', { requestParameters: { accountId: third } }));
    await bench.deliver();
    await bench.runStarted();
    expect(bench.news()).toEqual(
      whoTrusts.map((title) => `new ${title.replace('has left the organization', word)}`),
    );
    bench.become(world);
    await audit(bench.ports, { audit: 'a-2' });
    expect(bench.news()).toHaveLength(2);
    expect(bench.told.slice(-2).map(({ status }) => status)).toEqual(['resolved', 'resolved']);
    expect(isInside({ state: 'PENDING_ACTIVATION' })).toBe(true);
  },
);

test('an account that was made is swept as soon as its audit role is there, once for all events of a window', async () => {
  const unread = { reason: 'role-missing', message: 'AccessDenied: not there' } as const;
  const bench = open({ [management]: {} });
  bench.become({ [management]: {}, [third]: { unread } });
  const moved = organizationEvent('MoveAccount', {
    requestParameters: { accountId: third, sourceParentId: 'r-ab12' },
  });
  await bench.follow(created(third), moved);
  await bench.deliver();
  expect(bench.started.size).toBe(0);
  expect(await bench.deliver()).toEqual([120, 120]);
  bench.become({ [management]: {}, [third]: { roles: { open: trusts('999999999999') } } });
  expect(await bench.deliver()).toEqual([300, 300]);
  expect([...bench.started.values()]).toMatchObject([{ about: [third] }]);
  await bench.runStarted();
  expect(bench.news()).toEqual([
    `new Account 999999999999 can assume iam:role role/open of account ${third}`,
  ]);
});

test('an account whose audit role never comes is a gap in the end', async () => {
  const unread = { reason: 'role-missing', message: 'AccessDenied: not there' } as const;
  const bench = open({ [management]: {}, [third]: { unread } });
  await bench.follow(created(third));
  const waited: number[] = [];
  for (let delivery = 0; delivery < 8; delivery += 1) waited.push(...(await bench.deliver()));
  expect(waited.slice(1)).toEqual([120, 300, 900, 900]);
  await bench.runStarted();
  expect(bench.news()).toEqual([`new Cannot read account ${third}: role-missing`]);
});

test('what an account does that the organization did not list yet is followed, and the account is swept', async () => {
  const bench = open({ [management]: {} });
  const world = {
    [management]: {},
    [third]: { roles: { deploy: trusts('999999999999'), old: trusts('888888888888') } },
  };
  bench.ports.sessions = openBench(world).ports.sessions;
  await bench.follow(roleChanged('deploy', third).body);
  expect(bench.news()).toEqual([
    `new Account 999999999999 can assume iam:role role/deploy of account ${third}`,
  ]);
  bench.become(world);
  expect(await bench.deliver()).toHaveLength(1);
  expect(await bench.deliver()).toEqual([]);
  await bench.runStarted();
  expect(bench.news()).toEqual([`new Account 888888888888 can assume iam:role role/old of account ${third}`]);
});

test('what somebody has changed unseen is not put down to the event that made us audit', async () => {
  const bench = open(trusting);
  await audit(bench.ports, { audit: 'a-1' });
  const { [third]: _, ...left } = trusting;
  bench.become({ ...left, [management]: { roles: { deploy: trusts('999999999999') } } });
  await bench.follow(departedEvent(third));
  await bench.deliver();
  const [name] = bench.started.keys();
  await bench.runStarted();
  const told = bench.told.filter(({ finding: { title } }) => /999999999999/.test(title));
  expect(told).toMatchObject([{ status: 'new', cause: { by: 'audit', audit: name }, unannounced: true }]);
});

test('a resource control policy that is attached is a reason to read everything, once; other policies are none', async () => {
  const bench = open(trusting);
  bench.controls.push('p-control');
  const attached = (policyId: string) =>
    organizationEvent('AttachPolicy', { requestParameters: { policyId, targetId: 'r-ab12' } });
  await bench.follow(attached('p-control'), attached('p-control'), attached('p-service'));
  await bench.deliver();
  expect([...bench.started]).toEqual([
    [
      expect.stringMatching(/^organization-20260101T\d{6}Z$/),
      { cause: expect.objectContaining({ eventName: 'AttachPolicy' }) },
    ],
  ]);
  const typed = organizationEvent('UpdatePolicy', {
    responseElements: { policy: { policySummary: { type: 'SERVICE_CONTROL_POLICY' } } },
  });
  await bench.follow(typed);
  expect(await bench.deliver()).toEqual([]);
});

test('an account that fails to be made, and tags of what is no account, concern nobody', async () => {
  const bench = open(trusting);
  await bench.follow(
    organizationEvent('CreateAccountResult', {
      serviceEventDetails: { createAccountStatus: { state: 'FAILED' } },
    }),
    organizationEvent('TagResource', { requestParameters: { resourceId: 'ou-ab12-11111111' } }),
    organizationEvent('MoveAccount', { errorCode: 'AccessDenied', requestParameters: { accountId: third } }),
  );
  expect(await bench.deliver()).toEqual([]);
});
