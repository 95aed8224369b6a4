import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { onChange } from '../../shared/app/on-change.ts';
import type { Kind } from '../../shared/kinds/kind.ts';
import { sqsQueue } from '../../shared/kinds/sqs-queue.ts';
import { type Bench, openBench } from './bench.ts';
import { event, queueChanged, roleChanged } from './events.ts';
import { lets, queueArn, trusts, type World } from './world.ts';

const [management, member, outsider] = ['111111111111', '111111111112', '222222222222'] as const;

const harmless: World = {
  [management]: {},
  [member]: { roles: { deploy: trusts(management) }, queues: { 'us-east-1': { orders: undefined } } },
};

const alarming: World = {
  [management]: {},
  [member]: {
    roles: { deploy: trusts(outsider) },
    queues: { 'us-east-1': { orders: lets(outsider, 'sqs:SendMessage') } },
  },
};

const trustChanged = () => roleChanged('deploy', member);

const ordersChanged = () => queueChanged('orders', member);

const forever = () => Number.POSITIVE_INFINITY;

const follow = (bench: Bench, ...messages: ReturnType<typeof event>[]) =>
  onChange(bench.ports, messages, forever);

const roleTitle = `Account ${outsider} can assume iam:role role/deploy of account ${member}`;
const queueTitle = `Account ${outsider} can write to sqs:queue orders of account ${member}`;

test('a change is read live, and its alert says who made it', async () => {
  const bench = openBench(alarming);
  expect(await follow(bench, trustChanged())).toEqual({ failed: [] });
  expect(bench.news()).toEqual([`new ${roleTitle}`]);
  expect(bench.told[0]?.cause).toMatchObject({
    by: 'change',
    eventName: 'UpdateAssumeRolePolicy',
    actor: { principal: `arn:aws:sts::${member}:assumed-role/admin/eve`, sourceAddress: '198.51.100.7' },
  });
});

test('twice and once late is still one alert, and put right is one resolution', async () => {
  const bench = openBench(alarming);
  const change = trustChanged();
  await follow(bench, change);
  await follow(bench, change, trustChanged());
  expect(bench.news()).toEqual([`new ${roleTitle}`]);
  bench.become(harmless);
  await follow(bench, trustChanged(), change);
  await follow(bench, change);
  expect(bench.news()).toEqual([`resolved ${roleTitle}`]);
});

test('an audit tells nothing that a change has told, and repairs what no event told', async () => {
  const bench = openBench(alarming);
  await follow(bench, trustChanged());
  bench.news();
  await audit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toEqual([`new ${queueTitle}`]);
  await follow(bench, ordersChanged());
  expect(bench.news()).toEqual([]);
});

test('a poisoned message comes again, and the ones beside it go through', async () => {
  const bench = openBench(alarming);
  const [notJson, noEvent, noName] = [
    { id: 'not-json', body: '{"detail":' },
    { id: 'no-event', body: '{"hello":"world"}' },
    { id: 'no-name', body: trustChanged().body.replace('"eventName":', '"noName":') },
  ];
  const { failed } = await follow(bench, notJson, trustChanged(), noEvent, ordersChanged(), noName);
  expect(failed).toEqual(['not-json', 'no-event', 'no-name']);
  expect(bench.news()).toEqual([`new ${roleTitle}`, `new ${queueTitle}`]);
  expect(bench.lines.filter((line) => line.startsWith('a change could not be followed'))).toHaveLength(3);
  expect(bench.lines.join('\n')).toContain('no-name');
});

test('a resource that is gone is resolved, found by the name in the event', async () => {
  const bench = openBench(alarming);
  await follow(bench, trustChanged(), ordersChanged());
  bench.news();
  const recorded = { client: 'IAM', refusal: 'NoSuchEntityException' };
  bench.become({
    ...harmless,
    [member]: { roles: {}, missing: [{ ...recorded, operation: 'GetRole', input: { RoleName: 'deploy' } }] },
  });
  await follow(bench, event('iam.amazonaws.com', 'DeleteRole', { roleName: 'deploy' }, member));
  expect(bench.news()).toEqual([`resolved ${roleTitle}`]);
});

test('an account that gives no session is one gap, and its message is done', async () => {
  const unread = { reason: 'role-missing', message: 'AccessDenied: cannot assume' } as const;
  const bench = openBench({ ...harmless, [member]: { unread } });
  expect(await follow(bench, trustChanged(), ordersChanged())).toEqual({ failed: [] });
  expect(await follow(bench, trustChanged())).toEqual({ failed: [] });
  expect(bench.news()).toEqual([`new Cannot read account ${member}: role-missing`]);
});

test('what is throttled comes again, with nothing settled', async () => {
  const bench = openBench({
    ...harmless,
    [member]: { queues: { 'us-east-1': { orders: { refusal: 'ThrottlingException' } } } },
  });
  const change = ordersChanged();
  expect(await follow(bench, change)).toEqual({ failed: [change.id] });
  const session = openBench({ [member]: { unread: { reason: 'throttled', message: 'slow down' } } });
  expect(await follow(session, change)).toEqual({ failed: [change.id] });
  expect([...bench.news(), ...session.news()]).toEqual([]);
});

test('what does not answer before the time is over comes again, and the ones beside it go through', async () => {
  const bench = openBench(alarming);
  const { store } = bench.ports;
  const hanging = {
    ...store,
    settle: (look: Parameters<typeof store.settle>[0]) =>
      JSON.stringify(look.subject).includes('orders') ? new Promise<never>(() => {}) : store.settle(look),
  };
  const started = Date.now();
  const ends = () => 2_000 - (Date.now() - started);
  const [slow, quick] = [ordersChanged(), trustChanged()];
  const after = Array.from({ length: 4 }, ordersChanged);
  const outcome = onChange({ ...bench.ports, store: hanging }, [slow, quick, ...after], ends);
  expect(await outcome).toEqual({ failed: [slow, ...after].map(({ id }) => id) });
  expect(bench.news()).toEqual([`new ${roleTitle}`]);
});

test('a resource that cannot be read keeps what is known of it; one that is not known is a gap of the kind', async () => {
  const bench = openBench(alarming);
  await follow(bench, ordersChanged());
  bench.news();
  bench.become({
    ...harmless,
    [member]: {
      queues: { 'us-east-1': { orders: { refusal: 'AccessDenied' } } },
      missing: [
        { client: 'IAM', operation: 'GetRole', input: { RoleName: 'deploy' }, refusal: 'AccessDenied' },
      ],
    },
  });
  expect(await follow(bench, ordersChanged(), trustChanged())).toEqual({ failed: [] });
  expect(bench.news()).toEqual([
    `new Cannot read iam:role in ${member}/us-east-1: denied`,
    `new Cannot read sqs:queue ${queueArn(member, 'us-east-1', 'orders')}: denied`,
  ]);
});

test('a name that no kind claims is logged once for the batch, and lost by nobody', async () => {
  const bench = openBench(harmless);
  const unknown = () => event('iam.amazonaws.com', 'CreateRoleOfTomorrow', {}, member);
  expect(await follow(bench, unknown(), unknown())).toEqual({ failed: [] });
  expect(bench.lines.filter((line) => line.includes('CreateRoleOfTomorrow'))).toHaveLength(1);
});

/** The queue's kind, if its every event spoke of all queues. */
const allQueues: Kind = {
  ...sqsQueue,
  events: sqsQueue.events.map((events) => ({ ...events, resource: () => 'every' as const })),
};

test('a change that concerns every resource of a kind reads them all, over as many deliveries as it takes', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `queue-${String(index).padStart(2, '0')}`);
  const policies = Object.fromEntries(names.map((name) => [name, lets(outsider, 'sqs:SendMessage')]));
  const bench = openBench({ [member]: { queues: { 'us-east-1': policies } } });
  const ports = { ...bench.ports, kinds: [allQueues] };
  const change = ordersChanged();
  const outcomes: (readonly string[])[] = [];
  for (let delivery = 0; delivery < 4; delivery += 1) {
    let left = 12;
    const remainingMs = () => {
      left -= 1;
      return left > 0 ? 600_000 : 0;
    };
    outcomes.push((await onChange(ports, [change], delivery < 3 ? remainingMs : forever)).failed);
  }
  expect(outcomes).toEqual([[change.id], [change.id], [change.id], []]);
  expect(bench.news()).toHaveLength(30);
});

test('a change that concerns every region is followed in each that the account has enabled', async () => {
  const policy = lets(outsider, 'sqs:SendMessage');
  const bench = openBench({
    [member]: {
      regions: ['eu-west-1', 'us-east-1'],
      queues: { 'eu-west-1': { a: policy }, 'us-east-1': { b: policy } },
    },
  });
  const everywhere: Kind = {
    ...sqsQueue,
    events: allQueues.events.map((events) => ({ ...events, everyRegion: true as const })),
  };
  await onChange({ ...bench.ports, kinds: [everywhere] }, [ordersChanged()], forever);
  expect(bench.news()).toEqual([
    `new Account ${outsider} can write to sqs:queue a of account ${member}`,
    `new Account ${outsider} can write to sqs:queue b of account ${member}`,
  ]);
});

test('a change touches no port that its function is not given: each is opened by being asked for', async () => {
  const bench = openBench(alarming);
  const given = [
    'kinds',
    'sessions',
    'store',
    'zones',
    'clock',
    'log',
    'audits',
    'changeQueue',
    'organization',
    'own',
  ];
  const refuse = (name: string | symbol) => {
    throw new Error(`on-change has no ${String(name)}`);
  };
  const only = new Proxy(
    {
      ...bench.ports,
      audits: { start: async () => {} },
      changeQueue: { delaysSeconds: [], send: async () => {} },
      own: { auditRole: 'trustwatch-audit', stack: 'trustwatch-prod', account: management },
    },
    {
      get: (ports, name) => (given.includes(String(name)) ? Reflect.get(ports, name) : refuse(name)),
      ownKeys: () => refuse('list of ports'),
    },
  );
  const { failed } = await onChange(only, [trustChanged(), ordersChanged()], forever);
  expect(bench.lines.filter((line) => line.includes('could not'))).toEqual([]);
  expect(failed).toEqual([]);
});
