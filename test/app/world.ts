import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, Organization, Session, Sessions } from '../../shared/app/ports.ts';
import { type Exchange, type Recording, replay } from '../../shared/aws/recording.ts';
import type { Unread } from '../../shared/findings/finding.ts';
import type { ClientConfig, OpenClient } from '../../shared/kinds/kind.ts';

/** What a service answers instead: an error by its name. */
interface Refusal {
  readonly refusal: string;
}

/** One account as a test needs it. What is not said is empty, not refused. */
export interface WorldAccount {
  readonly state?: string;
  /** ISO 8601; long ago when it is not said. */
  readonly joinedAt?: string;
  /** Why there is no session. */
  readonly unread?: Unread;
  readonly regions?: readonly string[];
  /** By region: the queues' policies by name, or the refusal to list them. */
  readonly queues?: Readonly<
    Record<string, Readonly<Record<string, object | string | Refusal | undefined>> | Refusal>
  >;
  /** Requests that are refused, besides. */
  readonly missing?: readonly (Refusal & Pick<Exchange, 'client' | 'operation' | 'input'>)[];
  /** The roles' trust policies by name, or the refusal to list them. */
  /** Managed policies by the name of their role. */
  readonly attached?: Readonly<Record<string, readonly string[]>>;
  readonly roles?: Readonly<Record<string, object | string>> | Refusal;
}

export type World = Readonly<Record<string, WorldAccount>>;

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refusal' in value;

const refused = ({ refusal }: Refusal) => ({ error: { name: refusal, message: 'said the service' } });

const asText = (policy: object | string) => (typeof policy === 'string' ? policy : JSON.stringify(policy));

const queueUrl = (account: string, region: string, name: string) =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`;

export const queueArn = (account: string, region: string, name: string) =>
  `arn:aws:sqs:${region}:${account}:${name}`;

function queueExchanges(
  account: string,
  region: string,
  queues: NonNullable<WorldAccount['queues']>[string],
): Exchange[] {
  const list = { region, client: 'SQS', operation: 'ListQueues', input: { MaxResults: 1000 } };
  if (isRefusal(queues)) return [{ ...list, ...refused(queues) }];
  const urls = Object.keys(queues).map((name) => queueUrl(account, region, name));
  const policies = Object.entries(queues).map(([name, policy]): Exchange => {
    const input = { QueueUrl: queueUrl(account, region, name), AttributeNames: ['Policy'] };
    const request = { region, client: 'SQS', operation: 'GetQueueAttributes', input };
    if (isRefusal(policy)) return { ...request, ...refused(policy) };
    return { ...request, output: policy === undefined ? {} : { Attributes: { Policy: asText(policy) } } };
  });
  return [{ ...list, output: { QueueUrls: urls } }, ...policies];
}

function roleExchanges(
  account: string,
  roles: NonNullable<WorldAccount['roles']>,
  attached: NonNullable<WorldAccount['attached']>,
): Exchange[] {
  const request = { region: 'us-east-1', client: 'IAM' };
  const list = { ...request, operation: 'ListRoles', input: { MaxItems: 1000 } };
  if (isRefusal(roles)) return [{ ...list, ...refused(roles) }];
  const all = Object.entries(roles).map(([name, trust]) => ({
    RoleName: name,
    Arn: `arn:aws:iam::${account}:role/${name}`,
    Path: '/',
    AssumeRolePolicyDocument: encodeURIComponent(asText(trust)),
  }));
  const each = all.map(
    (role): Exchange => ({
      ...request,
      operation: 'GetRole',
      input: { RoleName: role.RoleName },
      output: { Role: role },
    }),
  );
  const policies = all.map(
    ({ RoleName }): Exchange => ({
      ...request,
      operation: 'ListAttachedRolePolicies',
      input: { RoleName, MaxItems: 1000 },
      output: {
        AttachedPolicies: (attached[RoleName] ?? []).map((PolicyName) => ({ PolicyName })),
        IsTruncated: false,
      },
    }),
  );
  return [{ ...list, output: { Roles: all, IsTruncated: false } }, ...each, ...policies];
}

const regionsOf = ({ regions }: WorldAccount) => regions ?? ['us-east-1'];

function exchangesOf(account: string, world: WorldAccount): readonly Exchange[] {
  // Of two answers to one request, the first is given.
  return [
    ...(world.missing ?? []).map(({ refusal, ...request }) => ({
      region: 'us-east-1',
      ...request,
      ...refused({ refusal }),
    })),
    ...regionsOf(world).flatMap((region) => queueExchanges(account, region, world.queues?.[region] ?? {})),
    ...roleExchanges(account, world.roles ?? {}, world.attached ?? {}),
  ];
}

function openOn(recording: Recording, account: string, region: string): OpenClient {
  return (Client, overrides) => {
    const config: ClientConfig = {
      region,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      retryMode: 'standard',
      maxAttempts: 1,
      ...overrides,
    };
    const client = new Client(config);
    recording.attach(client, { account, region: overrides?.region ?? region });
    return client;
  };
}

/** The organization and the sessions of a world; SDK clients answer from what is written down of it. */
export function openWorld(world: World): {
  readonly organization: Organization;
  readonly sessions: Sessions;
  /** Clients that see this world, for whoever has a session of an account. */
  open(account: string, region: string): OpenClient;
} {
  const directory = mkdtempSync(join(tmpdir(), 'world-'));
  for (const [account, each] of Object.entries(world)) {
    const lines = exchangesOf(account, each).map((exchange) => `${JSON.stringify(exchange)}\n`);
    writeFileSync(join(directory, `${account}.jsonl`), lines.join(''));
  }
  const recording = replay([directory]);
  const session = (account: string, each: WorldAccount): Session => ({
    account,
    partition: 'aws',
    open: (region) => openOn(recording, account, region),
    enabledRegions: async () => regionsOf(each),
    canonicalUser: async () => undefined,
  });
  return {
    open: (account, region) => openOn(recording, account, region),
    organization: {
      describe: async () => ({ id: 'o-acme000001', managementAccount: '111111111111' }),
      resourceControlPolicies: async () => [],
      resourceControlPolicyIds: async () => [],
      tags: async () => ({ tags: {} }),
      async *accounts() {
        for (const [id, { state = 'ACTIVE', joinedAt = '2020-01-01T00:00:00Z' }] of Object.entries(world))
          yield { id, name: `account ${id}`, state, paths: [], joinedAt } satisfies Account;
      },
    },
    sessions: {
      async assume(account) {
        const each = world[account];
        if (each === undefined) return { reason: 'role-missing', message: 'there is no such account' };
        return each.unread ?? session(account, each);
      },
    },
  };
}

/** A policy that lets one account in. */
export const lets = (account: string, action: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: action, Resource: '*' },
  ],
});

/** A trust policy that lets one account in. */
export const trusts = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
  ],
});
