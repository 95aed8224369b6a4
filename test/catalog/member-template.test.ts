import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { eventPatterns } from '../../shared/catalog/event-patterns.ts';
import { memberTemplate } from '../../shared/catalog/member-template.ts';
import { organizationPatterns } from '../../shared/catalog/organization-events.ts';
import { memberOwnPatterns } from '../../shared/catalog/own-patterns.ts';
import { kinds } from '../../shared/kinds/index.ts';

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties, of any shape
  readonly Properties: any;
}

const text = memberTemplate(kinds);
const { Resources: byName } = parse(text) as { Resources: Record<string, Resource> };
const resources = Object.values(byName);
const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

test('the template can be given to CloudFormation as it is, where 51,200 bytes are the limit', () => {
  expect(Buffer.byteLength(text)).toBeLessThan(51_200);
});

test('YAML of either version reads dates as the texts they are', () => {
  expect(parse(text, { version: '1.1' })).toEqual(parse(text));
});

test('roles are made in the home region only, for IAM is global, and everything else in every region', () => {
  expect(ofType('AWS::IAM::Role').map(({ Condition }) => Condition)).toEqual([
    'IsHomeRegion',
    'IsHomeRegion',
  ]);
  expect(resources.filter(({ Condition }) => Condition === 'IsHomeRegion')).toHaveLength(2);
});

test('the audit role trusts roles of the security account that are in the organization, and nobody else', () => {
  const [statement, ...others] = byName.AuditRole?.Properties.AssumeRolePolicyDocument.Statement ?? [];
  expect(others).toEqual([]);
  expect(statement.Principal).toEqual({
    AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${SecurityAccountId}:root' },
  });
  expect(statement.Condition.ArnLike).toHaveProperty(['aws:PrincipalArn']);
  const [, withExternalId, without] = statement.Condition.StringEquals['Fn::If'];
  expect(withExternalId).toEqual({
    'aws:PrincipalOrgID': { Ref: 'OrganizationId' },
    'sts:ExternalId': { Ref: 'ExternalId' },
  });
  expect(without).toEqual({ 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } });
});

test('there is a rule for each pattern, which sends to the central bus and loses nothing', () => {
  const rules = ofType('AWS::Events::Rule');
  expect(rules.map(({ Properties }) => Properties.EventPattern)).toEqual([
    ...eventPatterns(kinds),
    ...memberOwnPatterns(),
    ...organizationPatterns(),
  ]);
  for (const { Properties } of rules)
    expect(Properties.Targets).toEqual([
      {
        Id: 'central-bus',
        Arn: { Ref: 'CentralBusArn' },
        RoleArn: {
          'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${AuditRoleName}-events',
        },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Undelivered', 'Arn'] } },
      },
    ]);
  const [policy] = ofType('AWS::SQS::QueuePolicy');
  const senders = policy?.Properties.PolicyDocument.Statement[0].Condition.ArnEquals['aws:SourceArn'];
  expect(senders).toHaveLength(rules.length);
});

test('all that has a name bears that of the audit role, by which a change to it is told', () => {
  for (const { Properties } of resources)
    for (const name of [Properties.Name, Properties.RoleName, Properties.QueueName])
      expect(name === undefined || /AuditRoleName/.test(JSON.stringify(name))).toBe(true);
  for (const type of ['AWS::Events::Rule', 'AWS::SQS::Queue', 'AWS::IAM::Role'])
    for (const { Properties } of ofType(type))
      expect(Properties.Name ?? Properties.RoleName ?? Properties.QueueName).toBeDefined();
});
