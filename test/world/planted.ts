import * as accounts from './accounts.ts';
import { canonicalUser } from './answers.ts';
import { policy, type Resource } from './resources.ts';
import {
  allow,
  github,
  ownKey,
  ownOrganization,
  rootOf,
  tlsOnly,
  trustGithub,
  trustService,
} from './statements.ts';

const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const signedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

/** The role whose trust the demo changes. */
export const changedRole = 'payments-settlement';

/** Its trust before the change, and after it. */
export const settlementTrust = policy(
  allow({ AWS: `arn:aws:iam::${accounts.paymentsProd}:role/ecs-task` }, 'sts:AssumeRole', {
    Sid: 'Settlement',
  }),
);
export const changedTrust = policy(
  ...settlementTrust.Statement,
  allow({ AWS: rootOf(accounts.formerContractor) }, 'sts:AssumeRole', { Sid: 'TemporaryDebugging' }),
);

const payments: readonly Resource[] = [
  { kind: 'role', name: changedRole, trust: settlementTrust },
  {
    kind: 'role',
    name: 'vendor-monitoring',
    policies: ['ReadOnlyAccess'],
    trust: policy(allow({ AWS: rootOf(accounts.monitoringVendor) }, 'sts:AssumeRole', { Sid: 'Monitoring' })),
  },
  {
    kind: 'role',
    name: 'nightly-backup',
    trust: policy(
      allow({ AWS: `arn:aws:iam::${accounts.backupVendor}:role/backup-runner` }, 'sts:AssumeRole', {
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-7f3a' } },
      }),
    ),
  },
  {
    kind: 'key',
    name: '0a1b2c3d-1111-4222-8333-444455556666',
    region: 'eu-west-1',
    policy: policy(ownKey(accounts.paymentsProd)),
    grants: [
      {
        grantee: `arn:aws:iam::${accounts.formerContractor}:user/dana`,
        operations: ['Decrypt', 'DescribeKey'],
      },
    ],
  },
  {
    kind: 'secret',
    name: 'payments/acquirer-api',
    region: 'eu-west-1',
    policy: policy(
      allow({ AWS: `arn:aws:iam::${accounts.formerContractor}:user/dana` }, 'secretsmanager:GetSecretValue', {
        Sid: 'Handover',
        Resource: '*',
      }),
    ),
  },
  {
    kind: 'queue',
    name: 'card-events',
    region: 'eu-central-1',
    policy: policy(
      allow('*', 'sqs:SendMessage', {
        Sid: 'Webhook',
        Resource: `arn:aws:sqs:eu-central-1:${accounts.paymentsProd}:card-events`,
      }),
    ),
  },
  {
    kind: 'table',
    name: 'ledger',
    region: 'eu-west-1',
    policy: policy(
      allow({ AWS: rootOf(accounts.analyticsPartner) }, ['dynamodb:GetItem', 'dynamodb:Query'], {
        Sid: 'Analytics',
        Resource: `arn:aws:dynamodb:eu-west-1:${accounts.paymentsProd}:table/ledger`,
      }),
    ),
  },
];

const shop: readonly Resource[] = [
  { kind: 'role', name: 'ci-release', trust: policy(trustGithub(accounts.shopProd, 'repo:*')) },
  {
    kind: 'bucket',
    name: 'acme-shop-assets',
    region: 'eu-west-1',
    policy: policy(
      tlsOnly('arn:aws:s3:::acme-shop-assets'),
      allow('*', 's3:GetObject', { Sid: 'PublicRead', Resource: 'arn:aws:s3:::acme-shop-assets/*' }),
    ),
  },
  {
    kind: 'bucket',
    name: 'acme-shop-uploads',
    region: 'eu-central-1',
    acl: [[allUsers, 'WRITE']],
  },
  {
    // Public by its policy, and yet closed: the bucket blocks public access.
    kind: 'bucket',
    name: 'acme-shop-newsletter',
    region: 'eu-west-1',
    blocked: true,
    policy: policy(allow('*', 's3:GetObject', { Resource: 'arn:aws:s3:::acme-shop-newsletter/*' })),
  },
  {
    kind: 'function',
    name: 'checkout-webhook',
    region: 'eu-west-1',
    urlAuthType: 'NONE',
    policy: policy(
      allow('*', 'lambda:InvokeFunctionUrl', {
        Sid: 'FunctionURLAllowPublicAccess',
        Resource: `arn:aws:lambda:eu-west-1:${accounts.shopProd}:function:checkout-webhook`,
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      }),
    ),
  },
  {
    kind: 'function',
    name: 'thumbnails',
    region: 'eu-west-1',
    policy: policy(
      allow({ Service: 's3.amazonaws.com' }, 'lambda:InvokeFunction', {
        Sid: 'AnyBucketOfAnyone',
        Resource: `arn:aws:lambda:eu-west-1:${accounts.shopProd}:function:thumbnails`,
      }),
    ),
  },
  {
    kind: 'topic',
    name: 'price-changes',
    region: 'eu-west-1',
    policy: policy(
      allow({ AWS: '*' }, ['sns:Subscribe', 'sns:Receive'], {
        Sid: 'AnybodyMayListen',
        Resource: `arn:aws:sns:eu-west-1:${accounts.shopProd}:price-changes`,
      }),
    ),
  },
];

const staging: readonly Resource[] = [
  {
    kind: 'bucket',
    name: 'acme-shop-staging-preview',
    region: 'eu-west-1',
    policy: policy(
      allow('*', 's3:GetObject', {
        Sid: 'OfficeOnly',
        Resource: 'arn:aws:s3:::acme-shop-staging-preview/*',
        Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.17/32'] } },
      }),
    ),
  },
  {
    kind: 'role',
    name: 'load-test',
    policies: ['PowerUserAccess'],
    trust: policy(
      allow({ AWS: `arn:aws:iam::${accounts.monitoringVendor}:role/load-generator` }, 'sts:AssumeRole', {
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-load-19' } },
      }),
    ),
  },
];

const platform: readonly Resource[] = [
  {
    kind: 'bucket',
    name: 'acme-data-lake-exports',
    region: 'eu-west-1',
    policy: policy(
      allow({ AWS: rootOf(accounts.analyticsPartner) }, ['s3:GetObject', 's3:ListBucket'], {
        Resource: ['arn:aws:s3:::acme-data-lake-exports', 'arn:aws:s3:::acme-data-lake-exports/*'],
      }),
    ),
  },
  { kind: 'bucket', name: 'acme-data-lake-locked', region: 'eu-west-1', refuses: true },
  {
    kind: 'bucket',
    name: 'acme-data-lake-samples',
    region: 'us-east-1',
    acl: [
      [signedUsers, 'READ'],
      // Another account of the organization, by the name that ACLs have for it.
      [canonicalUser(accounts.research), 'READ'],
    ],
  },
  {
    kind: 'key',
    name: '0a1b2c3d-7777-4888-8999-aaaabbbbcccc',
    region: 'eu-west-1',
    policy: policy(
      ownKey(accounts.dataPlatform),
      allow({ AWS: '*' }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
        Sid: 'EverybodyWhoKnowsTheContext',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:project': 'acme-lake' } },
      }),
    ),
  },
  {
    kind: 'repository',
    name: 'acme/base-images',
    region: 'eu-west-1',
    policy: policy(
      allow('*', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': [accounts.organization, accounts.subsidiary] } },
      }),
    ),
  },
  {
    kind: 'repository',
    name: 'acme/etl',
    region: 'us-east-1',
    policy: policy(
      allow({ AWS: rootOf(accounts.formerContractor) }, ['ecr:BatchGetImage', 'ecr:PutImage'], {
        Sid: 'Contractors',
      }),
    ),
  },
  {
    kind: 'bus',
    name: 'ingest',
    region: 'eu-west-1',
    policy: policy(
      allow('*', 'events:PutEvents', {
        Sid: 'AnySender',
        Resource: `arn:aws:events:eu-west-1:${accounts.dataPlatform}:event-bus/ingest`,
        Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
      }),
    ),
  },
];

const research: readonly Resource[] = [
  {
    kind: 'role',
    name: 'notebook-guest',
    trust: policy(
      trustService('sagemaker'),
      allow({ Federated: 'accounts.google.com' }, 'sts:AssumeRoleWithWebIdentity', { Sid: 'Guests' }),
    ),
  },
  {
    kind: 'role',
    name: 'old-partner',
    trust: policy(allow({ AWS: 'AROAEXAMPLEDELETEDROLE' }, 'sts:AssumeRole', { Sid: 'LeftBehind' })),
  },
];

const sandbox: readonly Resource[] = [
  { kind: 'role', name: 'tutorial', trust: policy(allow({ AWS: '*' }, 'sts:AssumeRole')) },
  {
    kind: 'queue',
    name: 'experiments',
    region: 'us-east-1',
    policy: policy(
      allow('*', 'sqs:*', {
        Resource: `arn:aws:sqs:us-east-1:${accounts.sandbox}:experiments`,
        Condition: ownOrganization,
      }),
    ),
  },
  // Open to all, but for the resource control policy of its unit (controls.ts).
  {
    kind: 'queue',
    name: 'scratch',
    region: 'us-east-1',
    policy: policy(
      allow({ AWS: '*' }, 'sqs:SendMessage', {
        Resource: `arn:aws:sqs:us-east-1:${accounts.sandbox}:scratch`,
      }),
    ),
  },
];

const archive: readonly Resource[] = [
  {
    kind: 'bucket',
    name: 'acme-org-trail',
    region: 'eu-west-1',
    blocked: true,
    policy: policy(
      tlsOnly('arn:aws:s3:::acme-org-trail'),
      allow({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject', {
        Resource: 'arn:aws:s3:::acme-org-trail/AWSLogs/*',
        Condition: {
          StringEquals: {
            'aws:SourceArn': `arn:aws:cloudtrail:eu-west-1:${accounts.management}:trail/acme`,
            's3:x-amz-acl': 'bucket-owner-full-control',
          },
        },
      }),
    ),
  },
  {
    kind: 'role',
    name: 'log-reader',
    trust: policy(
      allow(
        { Federated: `arn:aws:iam::${accounts.logArchive}:oidc-provider/${github}` },
        'sts:AssumeRoleWithWebIdentity',
        {
          Condition: {
            StringEquals: { [`${github}:sub`]: 'repo:globex-example/log-tools:ref:refs/heads/main' },
          },
        },
      ),
    ),
  },
];

/** What an auditor would want to hear of, or must not be wrong about, by account. */
export const planted: Readonly<Record<string, readonly Resource[]>> = {
  [accounts.paymentsProd]: payments,
  [accounts.shopProd]: shop,
  [accounts.shopStaging]: staging,
  [accounts.dataPlatform]: platform,
  [accounts.research]: research,
  [accounts.sandbox]: sandbox,
  [accounts.logArchive]: archive,
};
