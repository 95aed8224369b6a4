import { management, network, security, shared } from './accounts.ts';
import { arnOf, policy, type Resource } from './resources.ts';
import {
  allow,
  fromService,
  ownKey,
  ownOrganization,
  ownTopic,
  rootOf,
  tlsOnly,
  trustGithub,
  trustService,
} from './statements.ts';

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const subjects = [
  'orders',
  'invoices',
  'catalog',
  'search',
  'sessions',
  'exports',
  'audit',
  'metrics',
  'images',
  'mail',
];

/** What every account has: roles of services, of staff, of pipelines and of the security team. */
function roles(account: string): readonly Resource[] {
  const staff = `arn:aws:iam::${account}:saml-provider/AWSSSO_acme_DO_NOT_DELETE`;
  return [
    { kind: 'role', name: 'ec2-instance', trust: policy(trustService('ec2')) },
    { kind: 'role', name: 'lambda-execution', path: '/service-role/', trust: policy(trustService('lambda')) },
    { kind: 'role', name: 'ecs-task', trust: policy(trustService('ecs-tasks')) },
    {
      kind: 'role',
      name: 'AWSReservedSSO_ReadOnly_0123456789abcdef',
      path: '/aws-reserved/sso.amazonaws.com/',
      trust: policy(
        allow({ Federated: staff }, ['sts:AssumeRoleWithSAML', 'sts:TagSession'], {
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        }),
      ),
    },
    { kind: 'role', name: 'github-deploy', trust: policy(trustGithub(account, 'repo:acme-example/*')) },
    {
      kind: 'role',
      name: 'trustwatch-audit',
      trust: policy(
        allow({ AWS: rootOf(security) }, 'sts:AssumeRole', {
          Condition: { StringEquals: { 'sts:ExternalId': 'acme-trustwatch' } },
        }),
      ),
    },
    {
      kind: 'role',
      name: 'OrganizationAccountAccessRole',
      trust: policy(allow({ AWS: rootOf(management) }, 'sts:AssumeRole')),
    },
    {
      kind: 'role',
      name: 'inventory-reader',
      trust: policy(allow({ AWS: '*' }, 'sts:AssumeRole', { Condition: ownOrganization })),
    },
  ];
}

type Maker = (name: string, region: string, account: string) => Resource;

const bucket: Maker = (name, region, account) => {
  const arn = `arn:aws:s3:::acme-${name}-${account}-${region}`;
  const log = fromService('logging.s3', 's3:PutObject', `${arn}/*`, account, 'arn:aws:s3:::acme-*');
  return {
    kind: 'bucket',
    name: arn.slice('arn:aws:s3:::'.length),
    region,
    policy: policy(tlsOnly(arn), log),
    blocked: true,
  };
};

const sharedBucket: Maker = (name, region, account) => {
  const arn = `arn:aws:s3:::acme-${name}-shared-${account}-${region}`;
  const read = allow('*', ['s3:GetObject', 's3:ListBucket'], {
    Resource: [arn, `${arn}/*`],
    Condition: ownOrganization,
  });
  return {
    kind: 'bucket',
    name: arn.slice('arn:aws:s3:::'.length),
    region,
    policy: policy(tlsOnly(arn), read),
  };
};

const keyId = (name: string, region: string, account: string) =>
  `${account.slice(0, 8)}-${region.length.toString().padStart(4, '0')}-4000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padEnd(12, '0')}`;

const key: Maker = (name, region, account) => ({
  kind: 'key',
  name: keyId(name, region, account),
  region,
  policy: policy(ownKey(account)),
});

const queue: Maker = (name, region, account) => {
  const made = { kind: 'queue', name, region } as const;
  const arn = arnOf(made, account);
  const topic = `arn:aws:sns:${region}:${account}:${name}`;
  const deliver = allow({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', {
    Resource: arn,
    Condition: { ArnEquals: { 'aws:SourceArn': topic }, StringEquals: { 'aws:SourceAccount': account } },
  });
  return { ...made, policy: policy(deliver) };
};

const topic: Maker = (name, region, account) => {
  const made = { kind: 'topic', name, region } as const;
  return { ...made, policy: policy(ownTopic(arnOf(made, account), account)) };
};

const lambda: Maker = (name, region, account) => {
  const made = { kind: 'function', name, region } as const;
  const rule = `arn:aws:events:${region}:${account}:rule/${name}`;
  const invoke = fromService('events', 'lambda:InvokeFunction', arnOf(made, account), account, rule);
  return { ...made, policy: policy(invoke) };
};

const silent =
  (kind: 'secret' | 'table' | 'queue'): Maker =>
  (name, region) => ({ kind, name: kind === 'secret' ? `app/${name}` : name, region });

const repository: Maker = (name, region) => ({
  kind: 'repository',
  name: `acme/${name}`,
  region,
  policy: policy(
    allow('*', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], { Condition: ownOrganization }),
  ),
});

const bus: Maker = (name, region, account) => {
  const made = { kind: 'bus', name, region } as const;
  const put = allow({ AWS: [rootOf(network), rootOf(shared)] }, 'events:PutEvents', {
    Resource: arnOf(made, account),
  });
  return { ...made, policy: policy(put) };
};

const makers = [
  bucket,
  sharedBucket,
  key,
  queue,
  topic,
  lambda,
  silent('secret'),
  silent('table'),
  silent('queue'),
  repository,
  bus,
];

/** The harmless part of an account: always the same for the same account. */
export function ordinaryResources(account: string, regions: readonly string[]): readonly Resource[] {
  const next = numbers(Number(account) % 2 ** 31);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const made = new Map<string, Resource>();
  const count = 12 + Math.floor(next() * 9);
  for (let index = 0; index < count; index += 1) {
    const maker = makers[index % makers.length] ?? bucket;
    const resource = maker(pick(subjects), pick(regions), account);
    made.set(`${resource.kind} ${arnOf(resource, account)}`, resource);
  }
  return [...roles(account), ...made.values()];
}
