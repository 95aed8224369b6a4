import type { DecisionInput } from '../../shared/access/decision.ts';

/** A generator with a fixed seed: the same corpus on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const owner = '111122223333';
const region = 'eu-west-1';
const services = [
  'ec2',
  'lambda',
  'ecs-tasks',
  'codebuild',
  'glue',
  'states',
  'events',
  'firehose',
  'rds',
  'eks',
];

type Random = () => number;
type Statement = Readonly<Record<string, unknown>>;

interface Piece {
  readonly kind: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

const account = (random: Random) => String(200_000_000_000 + Math.floor(random() * 700_000_000_000));
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const name = (random: Random) => `n${Math.floor(random() * 1e9).toString(36)}`;

const trust = (random: Random, statement: Statement): Piece => ({
  kind: 'iam:role',
  arn: `arn:aws:iam::${owner}:role/${name(random)}`,
  statements: [{ Effect: 'Allow', ...statement }],
});

const provider = (host: string) => ({ Federated: `arn:aws:iam::${owner}:oidc-provider/${host}` });

function federatedTrust(random: Random): Piece {
  const eks = `oidc.eks.${region}.amazonaws.com/id/${name(random).toUpperCase()}`;
  const github = 'token.actions.githubusercontent.com';
  return pick(random, [
    () =>
      trust(random, {
        Principal: provider(github),
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${github}:sub`]: `repo:acme/${name(random)}:*` },
        },
      }),
    () =>
      trust(random, {
        Principal: { Federated: `arn:aws:iam::${owner}:saml-provider/Okta` },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      }),
    () =>
      trust(random, {
        Principal: provider(eks),
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${eks}:sub`]: `system:serviceaccount:default:${name(random)}`,
            [`${eks}:aud`]: 'sts.amazonaws.com',
          },
        },
      }),
  ])();
}

function trustPolicy(random: Random): Piece {
  const dice = random();
  if (dice < 0.6) {
    return trust(random, {
      Principal: { Service: `${pick(random, services)}.amazonaws.com` },
      Action: 'sts:AssumeRole',
    });
  }
  if (dice < 0.72) {
    return trust(random, {
      Principal: { AWS: `arn:aws:iam::${owner}:role/${name(random)}` },
      Action: 'sts:AssumeRole',
    });
  }
  if (dice < 0.84) {
    return trust(random, {
      Principal: { AWS: `arn:aws:iam::${account(random)}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': name(random) } },
    });
  }
  return federatedTrust(random);
}

function bucketPolicy(random: Random): Piece {
  const arn = `arn:aws:s3:::acme-${name(random)}`;
  const both = [arn, `${arn}/*`];
  const deny = (Condition: unknown) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: both,
    Condition,
  });
  return {
    kind: 's3:bucket',
    arn,
    statements: [
      { Sid: 'Tls', ...deny({ Bool: { 'aws:SecureTransport': 'false' } }) },
      { Sid: 'TlsVersion', ...deny({ NumericLessThan: { 's3:TlsVersion': '1.2' } }) },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${owner}:role/app` },
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `${arn}/*`,
      },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: both,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } },
      },
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account(random)}:root` },
        Action: 's3:GetObject',
        Resource: `${arn}/shared/*`,
      },
    ],
  };
}

function keyPolicy(random: Random): Piece {
  const own = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${owner}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const shared = {
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account(random)}:root` },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
  };
  const arn = `arn:aws:kms:${region}:${owner}:key/${name(random)}`;
  return { kind: 'kms:key', arn, statements: random() < 0.6 ? [own] : [own, shared] };
}

function queuePolicy(random: Random): Piece {
  const arn = `arn:aws:sqs:${region}:${owner}:${name(random)}`;
  const topic = `arn:aws:sns:${region}:${random() < 0.8 ? owner : account(random)}:${name(random)}`;
  return {
    kind: 'sqs:queue',
    arn,
    statements: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
        Condition: { ArnEquals: { 'aws:SourceArn': topic } },
      },
    ],
  };
}

function topicPolicy(random: Random): Piece {
  const arn = `arn:aws:sns:${region}:${owner}:${name(random)}`;
  const actions = [
    'Publish',
    'Subscribe',
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
  ];
  return {
    kind: 'sns:topic',
    arn,
    statements: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'SNS:Publish',
        Resource: arn,
        Condition: { StringEquals: { 'aws:SourceAccount': owner } },
      },
    ],
  };
}

function notPrincipalPolicy(random: Random): Piece {
  const arn = `arn:aws:s3:::acme-${name(random)}`;
  return {
    kind: 's3:bucket',
    arn,
    statements: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/*` },
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: [`arn:aws:iam::${owner}:root`, `arn:aws:iam::${owner}:role/app`] },
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
      },
    ],
  };
}

/** A repository that so many principals pull from. */
function repositoryPolicy(random: Random, principals: number): Piece {
  return {
    kind: 'ecr:repository',
    arn: `arn:aws:ecr:${region}:${owner}:repository/${name(random)}`,
    statements: [
      {
        Sid: 'Pull',
        Effect: 'Allow',
        Principal: {
          AWS: Array.from(
            { length: principals },
            () => `arn:aws:iam::${account(random)}:role/${name(random)}`,
          ),
        },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
    ],
  };
}

function resourcePolicy(random: Random): Piece {
  const dice = random();
  if (dice < 0.3) return bucketPolicy(random);
  if (dice < 0.55) return keyPolicy(random);
  if (dice < 0.75) return queuePolicy(random);
  if (dice < 0.9) return topicPolicy(random);
  return dice < 0.97 ? notPrincipalPolicy(random) : repositoryPolicy(random, 50);
}

/** A bucket policy of 20 kB, the largest that S3 takes. */
function largePolicy(random: Random): Piece {
  const { kind, arn, statements } = bucketPolicy(random);
  const more: Statement[] = [];
  while (JSON.stringify([...statements, ...more]).length < 19_700) {
    more.push({
      Effect: random() < 0.8 ? 'Allow' : 'Deny',
      Principal: {
        AWS: [
          `arn:aws:iam::${account(random)}:role/${name(random)}`,
          `arn:aws:iam::${owner}:role/${name(random)}`,
        ],
      },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `${arn}/${name(random)}/*`,
      Condition: {
        StringLike: { 's3:prefix': `${name(random)}/*` },
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      },
    });
  }
  return { kind, arn, statements: [...statements, ...more] };
}

/** What `decide` is given, without the zone. */
export type Sample = Omit<DecisionInput, 'zone'>;

const sampleOf = ({ kind, arn, statements }: Piece): Sample => ({
  resource: { kind, arn, owner },
  policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
});

const largeCount = 10;

/** So many policies, ten of 20 kB among them: half trust policies, half resource policies of the usual makes. */
export function policyCorpus(count: number, seed: number): readonly Sample[] {
  const random = randomFrom(seed);
  const every = Math.max(1, Math.floor(count / largeCount));
  return Array.from({ length: count }, (_, i) => {
    if (i % every === every - 1) return sampleOf(largePolicy(random));
    return sampleOf(i % 2 === 0 ? trustPolicy(random) : resourcePolicy(random));
  });
}

/** Whether a policy is one of those of 20 kB. */
export const isLarge = ({ policies }: Sample): boolean => policies.some(({ text }) => text.length > 19_000);
