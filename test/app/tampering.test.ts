import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { chatChannel, hubChannel } from '../../shared/app/channels.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { findingMessage } from '../../shared/findings/message.ts';
import { messageBody } from '../../shared/findings/message-schema.ts';
import { alertText } from '../../shared/report/alert.ts';
import type { AsffFinding } from '../../shared/report/asff.ts';
import { type Bench, openBench } from './bench.ts';
import { event, roleChanged } from './events.ts';
import { trusts } from './world.ts';

const [security, member, outsider] = ['111111111111', '111111111112', '222222222222'] as const;

const own = { auditRole: 'trustwatch-audit', stack: 'trustwatch-prod', account: security };

const follow = (bench: Bench, ...messages: ReturnType<typeof event>[]) =>
  onChange({ ...bench.ports, own }, messages, () => Number.POSITIVE_INFINITY);

const ruleOff = () =>
  event('events.amazonaws.com', 'DisableRule', { name: 'trustwatch-audit-changes-1' }, member);

const loggingOff = () => event('cloudtrail.amazonaws.com', 'StopLogging', { name: 'all' }, member);

const ruleTitle = `DisableRule on the event rule trustwatch-audit-changes-1 in ${member}/us-east-1, which trustwatch needs`;
const trailTitle = `StopLogging on the trail all in ${member}/us-east-1, which trustwatch needs`;

test('a rule of ours that is switched off, and a trail that stops, are alerts of their own class: who, where, what, when', async () => {
  const bench = openBench({ [member]: {} });
  expect(await follow(bench, ruleOff(), loggingOff())).toEqual({ failed: [] });
  expect(bench.news()).toEqual([`new ${ruleTitle}`, `new ${trailTitle}`]);
  const [told] = bench.told;
  if (told === undefined) throw new Error('nothing was told');
  const { attributes, body } = findingMessage(told);
  expect(attributes).toEqual({
    status: 'new',
    severity: 'high',
    type: 'tamper',
    account: member,
    region: 'us-east-1',
    source: 'change',
  });
  expect(messageBody.parse(JSON.parse(body))).toMatchObject({
    type: 'tamper',
    tampered: { part: 'event rule', name: 'trustwatch-audit-changes-1' },
    at: '2026-01-01T00:00:00.000Z',
    cause: {
      eventName: 'DisableRule',
      actor: { principal: `arn:aws:sts::${member}:assumed-role/admin/eve` },
    },
  });
  expect(alertText(told)).toContain('changed    event rule trustwatch-audit-changes-1');
});

test('one event is one alert, however often it comes, and nothing takes it back', async () => {
  const bench = openBench({ [member]: {} });
  const change = ruleOff();
  await follow(bench, change, change);
  await follow(bench, change);
  await audit(bench.ports, { audit: 'a-1' });
  bench.become({ [security]: {} });
  const { report } = await audit(bench.ports, { audit: 'a-2' });
  expect(bench.news()).toEqual([`new ${ruleTitle}`]);
  expect(report.tampering).toMatchObject([{ finding: { title: ruleTitle }, cause: { by: 'change' } }]);
  await follow(bench, ruleOff());
  expect(bench.news()).toEqual([`new ${ruleTitle}`]);
});

test('a change of the audit role is tampering, and the role is looked at as every other one is', async () => {
  const bench = openBench({ [member]: { roles: { 'trustwatch-audit': trusts(outsider) } } });
  await follow(bench, roleChanged('trustwatch-audit', member));
  expect(bench.news()).toEqual([
    `new Account ${outsider} can assume iam:role role/trustwatch-audit of account ${member}`,
    `new UpdateAssumeRolePolicy on the role trustwatch-audit in ${member}/us-east-1, which trustwatch needs`,
  ]);
});

test('what a deployer of trust.yml does is no alert and stands in the report; what others do through the same role is one', async () => {
  const bench = openBench({ [member]: {} });
  bench.expectDeployers({
    principal: `arn:aws:sts::*:assumed-role/stacksets-exec-*/*`,
    through: 'cloudformation.amazonaws.com',
    name: 'the roll-out',
    reason: 'deploys the member template',
  });
  const by = (sourceIPAddress: string) => {
    const { id, body } = ruleOff();
    const sent = JSON.parse(body);
    sent.detail.sourceIPAddress = sourceIPAddress;
    sent.detail.userIdentity.arn = `arn:aws:sts::${member}:assumed-role/stacksets-exec-1f/x`;
    return { id, body: JSON.stringify(sent) };
  };
  await follow(bench, by('cloudformation.amazonaws.com'));
  expect(bench.news()).toEqual([]);
  await follow(bench, by('198.51.100.7'));
  expect(bench.news()).toEqual([`new ${ruleTitle}`]);
  const { report } = await audit(bench.ports, { audit: 'a-1' });
  expect(report.tampering.map(({ finding }) => finding.deployer?.name).toSorted()).toEqual([
    'the roll-out',
    undefined,
  ]);
});

test('an entry for a deployer that has ended covers nothing that was done later', async () => {
  const bench = openBench({ [member]: {} });
  const entry = { principal: 'arn:aws:sts::*:assumed-role/admin/*', name: 'a', reason: 'b' };
  bench.expectDeployers({ ...entry, until: '2025-12-31' });
  await follow(bench, ruleOff());
  expect(bench.news()).toEqual([`new ${ruleTitle}`]);
});

test('chat says what was changed and by whom, and Security Hub has it among defense evasion', async () => {
  const bench = openBench({ [member]: {} });
  const hostile = event('cloudtrail.amazonaws.com', 'StopLogging', { name: '`<!channel>`\u202e' }, member);
  await follow(bench, hostile);
  const [transition] = bench.told;
  if (transition === undefined) throw new Error('nothing was told');
  const said: string[] = [];
  await chatChannel({ send: async ({ body }) => void said.push(body) }).send({ type: 'one', transition });
  const { content, metadata } = JSON.parse(said[0] ?? '');
  expect(content.description).toContain('*Changed:* trail');
  expect(content.description).not.toMatch(/<!channel>|\u202e/);
  expect(metadata.eventType).toBe('trustwatch-tamper-new');
  const taken: AsffFinding[] = [];
  const reporter = { partition: 'aws', region: 'eu-west-1', account: security };
  await hubChannel(reporter, async (findings) => void taken.push(...findings)).send([transition]);
  expect(taken).toMatchObject([
    {
      GeneratorId: 'trustwatch/tamper',
      FindingProviderFields: { Types: ['TTPs/Defense Evasion'] },
      Resources: [{ Type: 'AwsAccount', Id: `AWS::::Account:${member}` }],
      RecordState: 'ACTIVE',
    },
  ]);
});
