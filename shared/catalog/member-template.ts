import { stringify } from 'yaml';
import type { Kind } from '../kinds/kind.ts';
import { auditRolePolicy } from './audit-role-policy.ts';
import { eventPatterns } from './event-patterns.ts';
import { organizationPatterns } from './organization-events.ts';
import { memberOwnPatterns } from './own-patterns.ts';

const ref = (name: string) => ({ Ref: name });
const sub = (text: string) => ({ 'Fn::Sub': text });
const attribute = (resource: string, name: string) => ({ 'Fn::GetAtt': [resource, name] });

const parameters = {
  SecurityAccountId: {
    Type: 'String',
    AllowedPattern: '^\\d{12}$',
    Description: 'The account that the trustwatch stack runs in',
  },
  OrganizationId: {
    Type: 'String',
    AllowedPattern: '^o-[a-z0-9]{10,32}$',
    Description: 'The organization; nobody outside it can assume the audit role',
  },
  CentralBusArn: {
    Type: 'String',
    AllowedPattern: '^arn:[^:]+:events:[^:]+:\\d{12}:event-bus/.+$',
    Description: 'The event bus of the trustwatch stack, in any region of the security account',
  },
  HomeRegion: {
    Type: 'String',
    Default: 'us-east-1',
    Description: 'The one region in which the roles are made, for IAM is global; deploy to it first',
  },
  AuditRoleName: {
    Type: 'String',
    Default: 'trustwatch-audit',
    AllowedPattern: '^[\\w+=,.@-]{1,57}$',
    Description: 'Name of the role that trustwatch reads with; all that stands beside it bears it too',
  },
  AuditorRoles: {
    Type: 'String',
    Default: 'trustwatch-*',
    AllowedPattern: '^[\\w+=,.@/*-]+$',
    Description: 'Which roles of the security account may assume it, by name',
  },
  ExternalId: {
    Type: 'String',
    Default: '',
    AllowedPattern: '^([\\w+=,.@:/-]{2,1224})?$',
    Description: 'Set it when the stack has one; the organization is the real guard',
  },
};

const auditRole = (kinds: readonly Kind[]) => ({
  Type: 'AWS::IAM::Role',
  Condition: 'IsHomeRegion',
  Properties: {
    RoleName: ref('AuditRoleName'),
    Description: 'Lets trustwatch read policies, never data',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: sub('arn:${AWS::Partition}:iam::${SecurityAccountId}:root') },
          Action: 'sts:AssumeRole',
          Condition: {
            ArnLike: {
              'aws:PrincipalArn': sub('arn:${AWS::Partition}:iam::${SecurityAccountId}:role/${AuditorRoles}'),
            },
            StringEquals: {
              'Fn::If': [
                'HasExternalId',
                { 'aws:PrincipalOrgID': ref('OrganizationId'), 'sts:ExternalId': ref('ExternalId') },
                { 'aws:PrincipalOrgID': ref('OrganizationId') },
              ],
            },
          },
        },
      ],
    },
    Policies: [{ PolicyName: 'read-policies', PolicyDocument: auditRolePolicy(kinds) }],
  },
});

const eventsRole = {
  Type: 'AWS::IAM::Role',
  Condition: 'IsHomeRegion',
  Properties: {
    RoleName: sub('${AuditRoleName}-events'),
    Description: 'Lets the trustwatch rules of every region put events on the central bus',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'put-events',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: ref('CentralBusArn') }],
        },
      },
    ],
  },
};

// What the central bus refuses for a day ends here with the reason. The next audit sees the state all the same.
const undelivered = {
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName: sub('${AuditRoleName}-undelivered'),
    MessageRetentionPeriod: 1209600,
    SqsManagedSseEnabled: true,
  },
};

const undeliveredPolicy = (ruleNames: readonly string[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [ref('Undelivered')],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: attribute('Undelivered', 'Arn'),
          Condition: { ArnEquals: { 'aws:SourceArn': ruleNames.map((name) => attribute(name, 'Arn')) } },
        },
      ],
    },
  },
});

const rule = (name: string, Description: string, pattern: unknown) => ({
  Type: 'AWS::Events::Rule',
  DependsOn: 'EventsRole',
  Properties: {
    Name: sub(`\${AuditRoleName}-${name}`),
    Description,
    EventPattern: pattern,
    Targets: [
      {
        Id: 'central-bus',
        Arn: ref('CentralBusArn'),
        RoleArn: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${AuditRoleName}-events'),
        DeadLetterConfig: { Arn: attribute('Undelivered', 'Arn') },
      },
    ],
  },
});

/**
 * The CloudFormation template of a member account, as YAML: the audit role, once, and in every region the rules
 * that send changes to the central bus. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function memberTemplate(kinds: readonly Kind[]): string {
  const changes = eventPatterns(kinds).map(
    (pattern, index) =>
      [
        `Changes${index + 1}`,
        rule(`changes-${index + 1}`, 'Sends changes of trust to trustwatch', pattern),
      ] as const,
  );
  const own = memberOwnPatterns().map(
    (pattern, index) =>
      [
        `Own${index + 1}`,
        rule(`own-${index + 1}`, 'Sends changes of trustwatch itself and of trails to trustwatch', pattern),
      ] as const,
  );
  const organization = organizationPatterns().map(
    (pattern, index) =>
      [
        `Organization${index + 1}`,
        rule(`organization-${index + 1}`, 'Sends changes of the organization to trustwatch', pattern),
      ] as const,
  );
  const rules = [...changes, ...own, ...organization];
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'trustwatch in a member account: one role to read policies with, and rules that report changes',
    Parameters: parameters,
    Conditions: {
      IsHomeRegion: { 'Fn::Equals': [ref('AWS::Region'), ref('HomeRegion')] },
      HasExternalId: { 'Fn::Not': [{ 'Fn::Equals': [ref('ExternalId'), ''] }] },
    },
    Resources: {
      AuditRole: auditRole(kinds),
      EventsRole: eventsRole,
      Undelivered: undelivered,
      UndeliveredPolicy: undeliveredPolicy(rules.map(([name]) => name)),
      ...Object.fromEntries(rules),
    },
    Outputs: {
      AuditRoleArn: { Condition: 'IsHomeRegion', Value: attribute('AuditRole', 'Arn') },
    },
  };
  const yaml = stringify(template, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  return `# Written by \`npm run generate\` from the kinds in shared/kinds. Change those, not this.\n${yaml}`;
}
