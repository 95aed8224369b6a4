import {
  arnOf,
  type Bucket,
  type Key,
  type LambdaFunction,
  type Plain,
  type Resource,
  type Role,
  type World,
  type WorldAccount,
} from './resources.ts';

/** A request of the SDK: who asks (`caller`, or an account's audit role), where, and what. */
export interface Request {
  readonly speaker: string;
  readonly region: string;
  readonly client: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Asked {
  readonly world: World;
  readonly account: WorldAccount;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Answer = (asked: Asked) => unknown;

/** An error as the service would name it. */
export function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: {} });
}

const missing = (name: string, what: unknown) => refusal(name, `${String(what)} does not exist`);

const text = (value: object | undefined) => (value === undefined ? undefined : JSON.stringify(value));

/** The account's resources of a sort in the region asked; roles are everywhere. */
function those<K extends Resource['kind']>({ account, region }: Asked, kind: K) {
  return account.resources.filter(
    (resource): resource is Resource & { readonly kind: K } =>
      resource.kind === kind && (resource.kind === 'role' || resource.region === region),
  );
}

function one<K extends Resource['kind']>(asked: Asked, kind: K, reference: unknown, error: string) {
  const found = those(asked, kind).find(
    (resource) => resource.name === reference || arnOf(resource, asked.account.id) === reference,
  );
  if (found === undefined) throw missing(error, reference);
  return found;
}

const plain = (asked: Asked, kind: Plain['kind'], reference: unknown, error: string) =>
  one(asked, kind, reference, error) as Plain;

const arns = (asked: Asked, kind: Plain['kind']) =>
  those(asked, kind).map((each) => arnOf(each, asked.account.id));

const roleAnswer = (role: Role, account: string) => ({
  RoleName: role.name,
  Path: role.path ?? '/',
  Arn: arnOf(role, account),
  // IAM answers with the URL-encoded document.
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
});

/** By which ACLs name an account. */
export const canonicalUser = (account: string) => account.repeat(6).slice(0, 64);

function bucketOf(asked: Asked): Bucket {
  const bucket = one(asked, 'bucket', asked.input.Bucket, 'NoSuchBucket');
  if (bucket.refuses) throw refusal('AccessDenied', 'Access Denied');
  return bucket;
}

function present<T>(value: T | undefined, error: string): T {
  if (value === undefined) throw missing(error, 'the policy');
  return value;
}

const grantee = (who: string) =>
  who.startsWith('http') ? { Type: 'Group', URI: who } : { Type: 'CanonicalUser', ID: who };

const keyOf = (asked: Asked): Key => one(asked, 'key', asked.input.KeyId, 'NotFoundException');

const functionOf = (asked: Asked): LambdaFunction =>
  one(asked, 'function', asked.input.FunctionName, 'ResourceNotFoundException');

/** What each call answers, in the parts that trustwatch reads. */
export const answers: Readonly<Record<string, Answer>> = {
  'EC2.DescribeRegions': ({ world }) => ({
    Regions: world.regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
  }),

  'IAM.ListRoles': (asked) => ({
    Roles: those(asked, 'role').map((role) => roleAnswer(role, asked.account.id)),
    IsTruncated: false,
  }),
  'IAM.GetRole': (asked) => ({
    Role: roleAnswer(one(asked, 'role', asked.input.RoleName, 'NoSuchEntityException'), asked.account.id),
  }),
  'IAM.ListAttachedRolePolicies': (asked) => {
    const { policies = [] } = one(asked, 'role', asked.input.RoleName, 'NoSuchEntityException');
    const attached = policies.map((name) => ({
      PolicyName: name,
      PolicyArn: `arn:aws:iam::aws:policy/${name}`,
    }));
    return { AttachedPolicies: attached, IsTruncated: false };
  },

  'S3.ListBuckets': (asked) => ({
    Owner: { ID: canonicalUser(asked.account.id) },
    Buckets: those(asked, 'bucket').map(({ name, region }) => ({ Name: name, BucketRegion: region })),
  }),
  'S3.GetBucketLocation': (asked) => {
    const { region } = one(asked, 'bucket', asked.input.Bucket, 'NoSuchBucket');
    return { LocationConstraint: region === 'us-east-1' ? undefined : region };
  },
  'S3.GetBucketPolicy': (asked) => ({ Policy: text(present(bucketOf(asked).policy, 'NoSuchBucketPolicy')) }),
  'S3.GetBucketAcl': (asked) => {
    const owner = { ID: canonicalUser(asked.account.id) };
    const others = bucketOf(asked).acl ?? [];
    const grants = others.map(([who, Permission]) => ({ Grantee: grantee(who), Permission }));
    return {
      Owner: owner,
      Grants: [{ Grantee: { Type: 'CanonicalUser', ...owner }, Permission: 'FULL_CONTROL' }, ...grants],
    };
  },
  'S3.GetBucketOwnershipControls': (asked) => ({
    OwnershipControls: {
      Rules: [{ ObjectOwnership: bucketOf(asked).acl ? 'ObjectWriter' : 'BucketOwnerEnforced' }],
    },
  }),
  'S3.GetPublicAccessBlock': (asked) => {
    if (!bucketOf(asked).blocked) throw missing('NoSuchPublicAccessBlockConfiguration', 'the configuration');
    const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true };
    return { PublicAccessBlockConfiguration: { ...on, RestrictPublicBuckets: true } };
  },
  'S3Control.GetPublicAccessBlock': () => {
    throw missing('NoSuchPublicAccessBlockConfiguration', 'the configuration');
  },

  'KMS.ListAliases': () => ({
    Aliases: [{ AliasName: 'alias/aws/ebs', TargetKeyId: 'aws-managed' }],
    Truncated: false,
  }),
  'KMS.ListKeys': (asked) => ({
    Keys: [
      { KeyId: 'aws-managed', KeyArn: `arn:aws:kms:${asked.region}:${asked.account.id}:key/aws-managed` },
      ...those(asked, 'key').map((key) => ({ KeyId: key.name, KeyArn: arnOf(key, asked.account.id) })),
    ],
    Truncated: false,
  }),
  'KMS.GetKeyPolicy': (asked) => ({ Policy: text(keyOf(asked).policy) }),
  'KMS.ListGrants': (asked) => ({
    Grants: (keyOf(asked).grants ?? []).map(({ grantee: GranteePrincipal, operations }, index) => ({
      GrantId: `${index}`.padStart(64, '0'),
      GranteePrincipal,
      IssuingAccount: `arn:aws:iam::${asked.account.id}:root`,
      Operations: operations,
    })),
    Truncated: false,
  }),

  'Lambda.ListFunctions': (asked) => ({
    Functions: those(asked, 'function').map((each) => ({
      FunctionName: each.name,
      FunctionArn: arnOf(each, asked.account.id),
    })),
  }),
  'Lambda.ListVersionsByFunction': (asked) => ({
    Versions: [{ FunctionName: functionOf(asked).name, Version: '$LATEST' }],
  }),
  'Lambda.ListAliases': (asked) => ({
    Aliases: Object.keys(functionOf(asked).aliases ?? {}).map((Name) => ({ Name })),
  }),
  'Lambda.GetPolicy': (asked) => {
    const { policy, aliases } = functionOf(asked);
    const { Qualifier } = asked.input;
    const found = Qualifier === undefined ? policy : aliases?.[String(Qualifier)];
    return { Policy: text(present(found, 'ResourceNotFoundException')) };
  },
  'Lambda.ListFunctionUrlConfigs': (asked) => {
    const found = functionOf(asked);
    const FunctionArn = arnOf(found, asked.account.id);
    return {
      FunctionUrlConfigs: found.urlAuthType ? [{ FunctionArn, AuthType: found.urlAuthType }] : [],
    };
  },

  'SQS.ListQueues': (asked) => ({
    QueueUrls: those(asked, 'queue').map(({ name, region }) => queueUrl(region, asked.account.id, name)),
  }),
  'SQS.GetQueueAttributes': (asked) => {
    const name = String(asked.input.QueueUrl).split('/').at(-1);
    const { policy } = plain(asked, 'queue', name, 'QueueDoesNotExist');
    return { Attributes: policy ? { Policy: text(policy) } : undefined };
  },

  'SNS.ListTopics': (asked) => ({ Topics: arns(asked, 'topic').map((TopicArn) => ({ TopicArn })) }),
  'SNS.GetTopicAttributes': (asked) => ({
    Attributes: { Policy: text(plain(asked, 'topic', asked.input.TopicArn, 'NotFoundException').policy) },
  }),

  'SecretsManager.ListSecrets': (asked) => ({ SecretList: arns(asked, 'secret').map((ARN) => ({ ARN })) }),
  'SecretsManager.GetResourcePolicy': (asked) => ({
    ResourcePolicy: text(plain(asked, 'secret', asked.input.SecretId, 'ResourceNotFoundException').policy),
  }),

  'ECR.DescribeRepositories': (asked) => ({
    repositories: arns(asked, 'repository').map((repositoryArn) => ({ repositoryArn })),
  }),
  'ECR.GetRepositoryPolicy': (asked) => {
    const found = plain(asked, 'repository', asked.input.repositoryName, 'RepositoryNotFoundException');
    return { policyText: text(present(found.policy, 'RepositoryPolicyNotFoundException')) };
  },

  'DynamoDB.ListTables': (asked) => ({ TableNames: those(asked, 'table').map(({ name }) => name) }),
  'DynamoDB.DescribeTable': (asked) => {
    const table = plain(asked, 'table', asked.input.TableName, 'ResourceNotFoundException');
    return { Table: { TableName: table.name, TableArn: arnOf(table, asked.account.id) } };
  },
  'DynamoDB.GetResourcePolicy': (asked) => {
    const table = plain(asked, 'table', asked.input.ResourceArn, 'ResourceNotFoundException');
    return { Policy: text(present(table.policy, 'PolicyNotFoundException')) };
  },

  'EventBridge.ListEventBuses': (asked) => ({
    EventBuses: [
      { Name: 'default', Arn: `arn:aws:events:${asked.region}:${asked.account.id}:event-bus/default` },
      ...those(asked, 'bus').map((bus) => ({
        Name: bus.name,
        Arn: arnOf(bus, asked.account.id),
        Policy: text(bus.policy),
      })),
    ],
  }),
};

export const queueUrl = (region: string, account: string, name: string) =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`;
