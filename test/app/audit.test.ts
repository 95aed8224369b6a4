import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import type { Progress } from '../../shared/app/progress.ts';
import { openBench } from './bench.ts';
import { lets, trusts, type World, type WorldAccount } from './world.ts';

const [management, member, outsider] = ['111111111111', '111111111112', '222222222222'] as const;

const denied = { reason: 'denied', message: 'AccessDenied: no' } as const;

/** Two accounts, two regions, one role and one queue that let an outsider in, one queue that lets nobody in. */
const open: WorldAccount = {
  regions: ['us-east-1', 'eu-west-1'],
  roles: { deploy: trusts(outsider), own: trusts(management) },
  queues: {
    'us-east-1': { quiet: undefined },
    'eu-west-1': { orders: lets(outsider, 'sqs:SendMessage'), inside: lets(management, 'sqs:SendMessage') },
  },
};

const world: World = { [management]: {}, [member]: open };

const roleTitle = `Account ${outsider} can assume iam:role role/deploy of account ${member}`;
const queueTitle = `Account ${outsider} can write to sqs:queue orders of account ${member}`;

test('an audit finds exactly what lets outsiders in, and its coverage says every place and kind', async () => {
  const bench = openBench(world);
  const { report, files } = await audit(bench.ports, { audit: 'a-1' });
  expect(report.findings.map(({ finding, status }) => `${status} ${finding.title}`)).toEqual([
    `new ${roleTitle}`,
    `new ${queueTitle}`,
  ]);
  expect(report.gaps).toEqual([]);
  const coverage = report.coverage.places.map(
    ({ place, kinds }) =>
      `${place.account} ${place.region} ${kinds.map(({ kind, outcome, present, absent }) => `${kind} ${outcome} ${present}+${absent}`).join(', ')}`,
  );
  expect(coverage).toEqual([
    `${management} us-east-1 iam:role listed 0+0, sqs:queue listed 0+0`,
    `${member} eu-west-1 sqs:queue listed 2+0`,
    `${member} us-east-1 iam:role listed 2+0, sqs:queue listed 0+1`,
  ]);
  expect(files).toEqual(['report.json', 'report.csv', 'report.html']);
  expect(bench.news()).toEqual([`new ${roleTitle}`, `new ${queueTitle}`]);
});

test('an organization without resources is an audit without findings', async () => {
  const { report } = await audit(openBench({ [management]: {} }).ports, { audit: 'a-1' });
  expect(report.findings).toEqual([]);
  expect(report.coverage.places).toHaveLength(1);
});

test('a second audit of the same world tells nothing, and its findings are not new', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([]);
  expect(report.findings.map(({ status }) => status)).toEqual(['open', 'open']);
});

test('a policy that is put right, a policy that is taken away and a resource that is gone are resolved', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  bench.become({ ...world, [member]: { ...open, roles: { deploy: trusts(management) }, queues: {} } });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(report.findings).toEqual([]);
  expect(bench.news()).toEqual([`resolved ${roleTitle}`, `resolved ${queueTitle}`]);
});

test('what is gone is settled once, not again with every audit', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ ...world, [member]: { ...open, queues: {} } });
  await audit(bench.ports, { audit: 'a-2' });
  await audit(bench.ports, { audit: 'a-3' });
  const causes = [];
  for await (const { sight, cause } of bench.ports.store.all())
    if (sight.state === 'absent') causes.push(cause);
  expect(causes).toEqual(Array(3).fill({ by: 'audit', audit: 'a-2' }));
});

test('an account without the audit role is one gap, told once, and nothing of it is resolved', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  const unread = { reason: 'role-missing', message: 'AccessDenied: cannot assume' } as const;
  bench.become({ ...world, [member]: { ...open, unread } });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  await audit(bench.ports, { audit: 'a-3' });
  expect(bench.news()).toEqual([`new Cannot read account ${member}: role-missing`]);
  expect(report.findings.map(({ status }) => status)).toEqual(['unread', 'unread']);
  expect(report.coverage.unread).toEqual([{ account: member, unread }]);
  bench.become(world);
  await audit(bench.ports, { audit: 'a-4' });
  expect(bench.news()).toEqual([`resolved Cannot read account ${member}: role-missing`]);
});

test('a session that is refused between plan and sweep is the same one gap', async () => {
  const bench = openBench(world);
  let sessions = 0;
  const assume = async (account: string) => {
    sessions += 1;
    return sessions > 2 && account === member ? denied : bench.ports.sessions.assume(account);
  };
  const { report } = await audit({ ...bench.ports, sessions: { assume } }, { audit: 'a-1' });
  expect(bench.news()).toEqual([`new Cannot read account ${member}: denied`]);
  expect(report.coverage.places.filter(({ unread }) => unread !== undefined)).toHaveLength(2);
});

test.each([
  ['AccessDeniedException', 'denied'],
  ['ThrottlingException', 'throttled'],
  ['InternalError', 'failed'],
])(
  'a service that answers %s is a gap of the kind in the place, and resolves nothing',
  async (refusal, reason) => {
    const bench = openBench(world);
    await audit(bench.ports, { audit: 'a-1' });
    bench.news();
    const queues = { ...open.queues, 'eu-west-1': { refusal } };
    bench.become({ ...world, [member]: { ...open, queues } });
    const { report } = await audit(bench.ports, { audit: 'a-2' });
    await audit(bench.ports, { audit: 'a-3' });
    const gap = `Cannot read sqs:queue in ${member}/eu-west-1: ${reason}`;
    expect(bench.news()).toEqual([`new ${gap}`]);
    expect(report.findings.map(({ status }) => status)).toEqual(['open', 'unread']);
    const [, europe] = report.coverage.places;
    expect(europe?.kinds).toMatchObject([{ kind: 'sqs:queue', outcome: 'unread', unread: { reason } }]);
    bench.become(world);
    await audit(bench.ports, { audit: 'a-4' });
    expect(bench.news()).toEqual([`resolved ${gap}`]);
  },
);

test('one resource that cannot be read is a gap of its own, and the others are read', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  const queues = { 'eu-west-1': { orders: { refusal: 'AccessDenied' }, inside: lets(outsider, 'sqs:*') } };
  bench.become({ ...world, [member]: { ...open, queues } });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([
    `new Account ${outsider} can administer sqs:queue inside of account ${member}`,
    `new Cannot read sqs:queue arn:aws:sqs:eu-west-1:${member}:orders: denied`,
  ]);
  expect(report.coverage.places[1]?.kinds).toMatchObject([
    { present: 1, absent: 0, unreadResources: 1, unreadBy: { denied: 1 } },
  ]);
});

test('a policy that cannot be judged is unread, not harmless', async () => {
  const bench = openBench({ [management]: { queues: { 'us-east-1': { broken: '{"Statement": [' } } } });
  await audit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toEqual([
    `new Cannot read sqs:queue arn:aws:sqs:us-east-1:${management}:broken: malformed`,
  ]);
});

test('a service that is said to be unusable is believed where nothing is known of it, and nowhere else', async () => {
  const unusable = { ...open, queues: { 'eu-west-1': { refusal: 'SubscriptionRequiredException' } } };
  const fresh = openBench({ ...world, [member]: unusable });
  const { report } = await audit(fresh.ports, { audit: 'a-1' });
  expect(report.coverage.places[1]?.kinds).toMatchObject([{ outcome: 'not-usable' }]);
  expect(fresh.news()).toEqual([`new ${roleTitle}`]);
  const known = openBench(world);
  await audit(known.ports, { audit: 'a-1' });
  known.news();
  known.become({ ...world, [member]: { ...unusable, queues: { ...open.queues, ...unusable.queues } } });
  await audit(known.ports, { audit: 'a-2' });
  expect(known.news()).toEqual([`new Cannot read sqs:queue in ${member}/eu-west-1: failed`]);
});

test('suspended and closing accounts are listed and not swept, and what was found there stays', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  bench.become({ ...world, [member]: { ...open, state: 'PENDING_CLOSURE' } });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(report.coverage.skipped).toEqual([
    { account: member, name: `account ${member}`, why: 'pending closure' },
  ]);
  expect(report.findings.map(({ status }) => status)).toEqual(['unread', 'unread']);
  expect(bench.news()).toEqual([]);
});

test('an account that left the organization takes its findings and its gaps along', async () => {
  const bench = openBench({ ...world, [member]: { ...open, roles: { refusal: 'AccessDenied' } } });
  await audit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toEqual([
    `new ${queueTitle}`,
    `new Cannot read iam:role in ${member}/us-east-1: denied`,
  ]);
  bench.become({ [management]: {} });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([
    `resolved ${queueTitle}`,
    `resolved Cannot read iam:role in ${member}/us-east-1: denied`,
  ]);
  expect([...report.findings, ...report.gaps]).toEqual([]);
});

test('whoever still trusts an account that left is a finding of the next audit', async () => {
  const bench = openBench({ [management]: { roles: { deploy: trusts(member) } }, [member]: {} });
  await audit(bench.ports, { audit: 'a-1' });
  expect(bench.news()).toEqual([]);
  bench.trustOnly(management);
  bench.become({ [management]: { roles: { deploy: trusts(member) } } });
  await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([
    `new Account ${member} can assume iam:role role/deploy of account ${management}`,
  ]);
});

test('a region that is switched off hides what was found there: one gap of the place', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  bench.become({ ...world, [member]: { ...open, regions: ['us-east-1'] } });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  await audit(bench.ports, { audit: 'a-3' });
  const gap = `Cannot read ${member}/eu-west-1: region-off`;
  expect(bench.news()).toEqual([`new ${gap}`]);
  expect(report.gaps.map(({ finding }) => finding.title)).toEqual([gap]);
  bench.become(world);
  await audit(bench.ports, { audit: 'a-4' });
  expect(bench.news()).toEqual([`resolved ${gap}`]);
});

test('a kind that could not be listed in a region is no gap any more when the region is switched off', async () => {
  const queues = { 'eu-west-1': { refusal: 'AccessDenied' } };
  const bench = openBench({ ...world, [member]: { ...open, roles: {}, queues } });
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ ...world, [member]: { ...open, roles: {}, queues, regions: ['us-east-1'] } });
  await audit(bench.ports, { audit: 'a-2', kinds: ['iam:role'] });
  const gap = `Cannot read sqs:queue in ${member}/eu-west-1: denied`;
  expect(bench.news()).toEqual([`new ${gap}`]);
  await audit(bench.ports, { audit: 'a-3' });
  expect(bench.news()).toEqual([`resolved ${gap}`]);
});

test('an audit reads what it is asked for, reports no other, and resolves no other', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.news();
  const titles = async (scope: object) => {
    const { report } = await audit(bench.ports, { audit: JSON.stringify(scope), ...scope });
    return report.findings.map(({ finding, status }) => `${status} ${finding.title}`);
  };
  expect(await titles({ accounts: [management] })).toEqual([]);
  expect(await titles({ kinds: ['sqs:queue'] })).toEqual([`open ${queueTitle}`]);
  expect(await titles({ regions: ['eu-west-1'] })).toEqual([`open ${roleTitle}`, `open ${queueTitle}`]);
  expect(await titles({ regions: ['us-east-1'] })).toEqual([`open ${roleTitle}`]);
  expect(bench.news()).toEqual([]);
});

test('what is known of an account that cannot be read is reported, also when regions are named', async () => {
  const bench = openBench(world);
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ ...world, [member]: { ...open, unread: denied } });
  const { report } = await audit(bench.ports, { audit: 'a-2', regions: ['us-east-1'] });
  expect(report.findings.map(({ finding, status }) => `${status} ${finding.title}`)).toEqual([
    `unread ${roleTitle}`,
  ]);
  expect(report.gaps.map(({ finding }) => finding.title)).toEqual([`Cannot read account ${member}: denied`]);
});

test('an account, a region or a kind that there is not is refused by its name', async () => {
  const { ports } = openBench(world);
  const refused = (scope: object) => audit(ports, { audit: 'a-1', ...scope });
  await expect(refused({ accounts: ['999999999999'] })).rejects.toThrow('no account `999999999999`');
  await expect(refused({ kinds: ['sqs:topic'] })).rejects.toThrow('no kind `sqs:topic`');
  await expect(refused({ regions: ['eu-west-9'] })).rejects.toThrow('`eu-west-9`');
});

test('a broken configuration is a gap, told once, until it is good again', async () => {
  const bench = openBench(world);
  const surroundings = await bench.ports.zones.zone();
  const problem = 'trust.yml:3:5: unknown key';
  const broken = {
    ...bench.ports,
    zones: { ...bench.ports.zones, zone: async () => ({ ...surroundings, problem }) },
  };
  const { report } = await audit(broken, { audit: 'a-1' });
  await audit(broken, { audit: 'a-2' });
  await audit(bench.ports, { audit: 'a-3' });
  expect(report.gaps).toMatchObject([{ finding: { unread: { message: problem } } }]);
  expect(bench.news().filter((title) => title.includes('configuration'))).toEqual([
    'new Cannot read the configuration: malformed',
    'resolved Cannot read the configuration: malformed',
  ]);
});

test('an audit tells its progress', async () => {
  const steps: Progress[] = [];
  await audit(openBench(world).ports, { audit: 'a-1', concurrency: 1 }, (step) => steps.push(step));
  expect(steps.map(({ type }) => type)).toEqual([
    'planned',
    ...['kind-swept', 'kind-swept', 'place-swept'],
    ...['kind-swept', 'place-swept'],
    ...['kind-swept', 'kind-swept', 'place-swept'],
  ]);
  expect(steps[0]).toEqual({ type: 'planned', places: 3, accounts: 2, skipped: 0, unread: 0 });
});
