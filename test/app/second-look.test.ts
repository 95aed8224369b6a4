import { expect, test } from 'vitest';
import { onChange } from '../../shared/app/on-change.ts';
import { openBench } from './bench.ts';
import { event } from './events.ts';
import { trusts, type World } from './world.ts';

const [management, member, outsider] = ['111111111111', '111111111112', '222222222222'] as const;

const noRole: World = {
  [member]: {
    missing: [
      {
        client: 'IAM',
        operation: 'GetRole',
        input: { RoleName: 'deploy' },
        refusal: 'NoSuchEntityException',
      },
    ],
  },
};
const withRole = (trusted: string): World => ({ [member]: { roles: { deploy: trusts(trusted) } } });

const title = `Account ${outsider} can assume iam:role role/deploy of account ${member}`;

/** A bench whose queue keeps what is sent to it. */
function open(world: World) {
  const bench = openBench(world);
  const sent: { readonly body: string; readonly delaySeconds: number }[] = [];
  const changeQueue = {
    delaysSeconds: [60, 300],
    send: async (body: string, delaySeconds: number) => void sent.push({ body, delaySeconds }),
  };
  const follow = (body: string) =>
    onChange({ ...bench.ports, changeQueue }, [{ id: 'm', body }], () => Number.POSITIVE_INFINITY);
  return { bench, sent, follow };
}

const created = () => event('iam.amazonaws.com', 'CreateRole', { roleName: 'deploy' }, member).body;
const deleted = () => event('iam.amazonaws.com', 'DeleteRole', { roleName: 'deploy' }, member).body;
const trusted = (account: string) => {
  const policyDocument = JSON.stringify(trusts(account));
  return event('iam.amazonaws.com', 'UpdateAssumeRolePolicy', { roleName: 'deploy', policyDocument }, member)
    .body;
};

test('a role that is made and does not show yet is looked at again later, and found', async () => {
  const { bench, sent, follow } = open(noRole);
  expect(await follow(created())).toEqual({ failed: [] });
  expect(sent.map(({ delaySeconds }) => delaySeconds)).toEqual([60]);
  bench.become(withRole(outsider));
  await follow(sent[0]?.body ?? '');
  expect(bench.news()).toEqual([`new ${title}`]);
  expect(sent).toHaveLength(1);
});

test('a policy that differs from the one that the event set is looked at again, until it shows', async () => {
  const { bench, sent, follow } = open(withRole(management));
  await follow(trusted(outsider));
  expect(bench.news()).toEqual([]);
  bench.become(withRole(outsider));
  await follow(sent[0]?.body ?? '');
  expect(bench.news()).toEqual([`new ${title}`]);
  await follow(trusted(outsider));
  expect(sent).toHaveLength(1);
});

test('a deleted role that still lets an outsider in is looked at again; one that lets nobody in is not', async () => {
  const { sent, follow } = open(withRole(outsider));
  await follow(deleted());
  expect(sent).toHaveLength(1);
  const harmless = open(withRole(management));
  await harmless.follow(deleted());
  expect(harmless.sent).toEqual([]);
});

test('what never shows is looked at three times and no more', async () => {
  const { sent, follow } = open(noRole);
  await follow(created());
  await follow(sent[0]?.body ?? '');
  await follow(sent[1]?.body ?? '');
  expect(sent.map(({ delaySeconds }) => delaySeconds)).toEqual([60, 300]);
  await follow(JSON.stringify({ ...JSON.parse(created()), trustwatch: { looks: 99 } }));
  expect(sent).toHaveLength(2);
});

test('a change of long ago is looked at once, and so is one that cannot be read', async () => {
  const late = open(noRole);
  await late.follow(created().replaceAll('2026-01-01T00:00:00Z', '2025-12-31T00:00:00Z'));
  const denied = open({
    [member]: {
      missing: [
        { client: 'IAM', operation: 'GetRole', input: { RoleName: 'deploy' }, refusal: 'AccessDenied' },
      ],
    },
  });
  await denied.follow(created());
  expect([...late.sent, ...denied.sent]).toEqual([]);
});
