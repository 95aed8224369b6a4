import fc from 'fast-check';

/** The names that generated policies speak of: few, so that they meet. */
export const owner = '111122223333';
export const outside = '222222222222';
const place = `eu-west-1:${owner}`;

const accessPoint = `arn:aws:s3:${place}:accesspoint/reports`;
const resize = `arn:aws:lambda:${place}:function:resize`;
const carts = `arn:aws:dynamodb:${place}:table/carts`;
const stream = `${carts}/stream/2026-01-01T00:00:00.000`;
export const sessionOfServiceLinkedRole = `arn:aws:sts::${outside}:assumed-role/AWSServiceRoleForConfig/s1`;
const homeFolder = 'arn:aws:s3:::acme-data/home/${aws:username}/*';

/** A kind of resource with the actions and resources that policies write for it. */
export interface Kind {
  readonly id: string;
  readonly arn: string;
  readonly actions: readonly [string, ...string[]];
  /** Undefined where a policy has no Resource. */
  readonly resources: readonly [string, ...string[]] | undefined;
  readonly keys: readonly string[];
  /** A part that may have a policy of its own, and what the resource's own is attached to then. */
  readonly part?: { readonly name: string; readonly arn: string; readonly rest: readonly string[] };
}

export const kinds: readonly [Kind, ...Kind[]] = [
  {
    id: 'iam:role',
    arn: `arn:aws:iam::${owner}:role/deploy`,
    actions: [
      'sts:AssumeRole',
      'sts:AssumeRole',
      'sts:AssumeRoleWithWebIdentity',
      'sts:AssumeRoleWithSAML',
      'sts:*',
      'sts:TagSession',
      'sts:SetSourceIdentity',
      'sts:Assume*',
    ],
    resources: undefined,
    keys: [
      'sts:ExternalId',
      'token.actions.githubusercontent.com:sub',
      'token.actions.githubusercontent.com:aud',
      'token.actions.githubusercontent.com:repository',
      'https://token.actions.githubusercontent.com:sub',
      'gitlab.com:sub',
      'cognito-identity.amazonaws.com:aud',
      'saml:aud',
      'sts:RoleSessionName',
      'sts:DurationSeconds',
      'sts:SourceIdentity',
      'aws:FederatedProvider',
    ],
  },
  {
    id: 's3:bucket',
    arn: 'arn:aws:s3:::acme-data',
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:*', 's3:Get*', '*', 's3:PutBucketPolicy'],
    resources: [
      'arn:aws:s3:::acme-data/*',
      'arn:aws:s3:::acme-data',
      'arn:aws:s3:::acme-data*',
      homeFolder,
      "arn:aws:s3:::${aws:PrincipalTag/bucket, 'acme-data'}/*",
      'arn:aws:s3:::acme-data/public/*',
      '*',
      'arn:aws:s3:::other/*',
    ],
    keys: [
      's3:prefix',
      's3:x-amz-acl',
      's3:signatureversion',
      's3:authType',
      's3:DataAccessPointAccount',
      's3:DataAccessPointArn',
    ],
  },
  {
    id: 's3:access-point',
    arn: accessPoint,
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:*', 's3:Get*'],
    resources: [`${accessPoint}/object/*`, accessPoint, `${accessPoint}/object/public/*`, '*'],
    keys: ['s3:prefix', 's3:DataAccessPointAccount', 's3:DataAccessPointArn'],
  },
  {
    id: 'kms:key',
    arn: `arn:aws:kms:${place}:key/1234abcd`,
    actions: ['kms:Decrypt', 'kms:*', 'kms:CreateGrant', 'kms:Encrypt', 'kms:RetireGrant', 'kms:Put*'],
    resources: ['*', '*', `arn:aws:kms:${place}:key/1234abcd`, `arn:aws:kms:${place}:key/other`],
    keys: [
      'kms:CallerAccount',
      'kms:ViaService',
      'kms:EncryptionContext:app',
      'kms:EncryptionContext:aws:logs:arn',
      'kms:EncryptionContext:aws:events:event-bus:arn',
      'kms:GrantIsForAWSResource',
    ],
  },
  {
    id: 'sqs:queue',
    arn: `arn:aws:sqs:${place}:orders`,
    actions: [
      'sqs:SendMessage',
      'sqs:ReceiveMessage',
      'sqs:*',
      'SQS:SendMessage',
      'sqs:Delete*',
      'sqs:TagQueue',
    ],
    resources: [`arn:aws:sqs:${place}:orders`, '*', `arn:aws:sqs:*:${owner}:ord*`],
    keys: [],
  },
  {
    id: 'sns:topic',
    arn: `arn:aws:sns:${place}:alerts`,
    actions: ['sns:Publish', 'sns:Subscribe', 'sns:*'],
    resources: [`arn:aws:sns:${place}:alerts`, '*'],
    keys: ['aws:SourceOwner', 'sns:Protocol'],
  },
  {
    id: 'lambda:function',
    arn: resize,
    actions: ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:*'],
    resources: [resize, `${resize}:*`, `${resize}:live`],
    part: { name: 'policy:live', arn: `${resize}:live`, rest: [resize] },
    keys: ['lambda:FunctionUrlAuthType', 'lambda:InvokedViaFunctionUrl', 'lambda:EventSourceToken'],
  },
  {
    id: 'secretsmanager:secret',
    arn: `arn:aws:secretsmanager:${place}:secret:db-AbCdEf`,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:*', 'secretsmanager:PutSecretValue'],
    resources: ['*', `arn:aws:secretsmanager:${place}:secret:db-??????`],
    keys: ['aws:ResourceTag/team'],
  },
  {
    id: 'ecr:repository',
    arn: `arn:aws:ecr:${place}:repository/web`,
    actions: ['ecr:BatchGetImage', 'ecr:*', 'ecr:PutImage'],
    resources: undefined,
    keys: [],
  },
  {
    id: 'dynamodb:table',
    arn: carts,
    actions: ['dynamodb:GetItem', 'dynamodb:*', 'dynamodb:Query', 'dynamodb:GetRecords'],
    resources: [carts, `${carts}/index/*`, '*', '*', stream],
    part: { name: 'policy:stream', arn: stream, rest: [carts, `${carts}/index/*`] },
    keys: ['dynamodb:LeadingKeys'],
  },
  {
    id: 'events:bus',
    arn: `arn:aws:events:${place}:event-bus/main`,
    actions: ['events:PutEvents', 'events:*'],
    resources: [`arn:aws:events:${place}:event-bus/main`, '*'],
    keys: ['events:source'],
  },
];

const awsPrincipals = fc.uniqueArray(
  fc.constantFrom(
    outside,
    '333333333333',
    `arn:aws:iam::${outside}:root`,
    `arn:aws:iam::${outside}:role/ci`,
    `arn:aws:iam::${outside}:user/kim`,
    `arn:aws:sts::${outside}:assumed-role/ci/build`,
    `arn:aws:iam::${owner}:root`,
    '444455556666',
    'AROA1234567890EXAMPLE',
    '*',
    `arn:aws:iam::${outside}:role/*`,
    `arn:aws:sts::${outside}:federated-user/kim`,
    `arn:aws:sts::${outside}:assumed-role/ci`,
    sessionOfServiceLinkedRole,
    `arn:aws-cn:iam::${outside}:root`,
    `arn:aws-cn:iam::${outside}:role/ci`,
  ),
  { minLength: 1, maxLength: 3 },
);

const services = fc.uniqueArray(
  fc.constantFrom(
    'sns.amazonaws.com',
    's3.amazonaws.com',
    'cloudtrail.amazonaws.com',
    'lambda.amazonaws.com',
    '*',
  ),
  { minLength: 1, maxLength: 2 },
);

const providers = fc.uniqueArray(
  fc.constantFrom(
    `arn:aws:iam::${owner}:oidc-provider/token.actions.githubusercontent.com`,
    `arn:aws:iam::${owner}:oidc-provider/gitlab.com`,
    `arn:aws:iam::${owner}:saml-provider/Okta`,
    `arn:aws:iam::${owner}:saml-provider/Entra`,
    'cognito-identity.amazonaws.com',
    'accounts.google.com',
    `arn:aws:iam::${owner}:oidc-provider/*`,
  ),
  { minLength: 1, maxLength: 2 },
);

export type PrincipalText = '*' | Record<string, string[]>;

/** Who a statement of the kind may name. */
export function principalElements({ id }: Kind): fc.Arbitrary<PrincipalText> {
  const star = fc.constant<PrincipalText>('*');
  const aws = awsPrincipals.map((AWS): PrincipalText => ({ AWS }));
  const service = services.map((Service): PrincipalText => ({ Service }));
  const both = fc.record({ AWS: awsPrincipals, Service: services });
  const canonical = fc
    .constantFrom('a'.repeat(64), 'b'.repeat(64))
    .map((user): PrincipalText => ({ CanonicalUser: [user] }));
  const federated = providers.map((Federated): PrincipalText => ({ Federated }));
  if (id === 'iam:role') return fc.oneof(star, aws, aws, service, federated, federated, federated, canonical);
  if (id === 's3:bucket') return fc.oneof(star, star, aws, aws, service, both, canonical);
  return fc.oneof(star, star, aws, aws, service, both);
}
