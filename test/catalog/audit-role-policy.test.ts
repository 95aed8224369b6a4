import { expect, test } from 'vitest';
import { auditRolePolicy } from '../../shared/catalog/audit-role-policy.ts';
import { kinds } from '../../shared/kinds/index.ts';

const statements = auditRolePolicy(kinds).Statement;
const actions = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
const limited = statements.filter(({ Resource }) => Resource !== '*');

/** Actions that return objects, secrets, parameters, code, items, messages, keys or logs. */
const returnsData = [
  /^s3:GetObject/,
  /^s3:ListBucket(Versions)?$/,
  /^secretsmanager:(Batch)?GetSecretValue$/,
  /^ssm:GetParameter/,
  /^ssm:GetDocument$/,
  /^kms:(Decrypt|Encrypt|Generate|ReEncrypt|Sign|DeriveSharedSecret)/,
  /^lambda:GetFunction(Configuration)?$/,
  /^lambda:GetLayerVersion(ByArn)?$/,
  /^lambda:Invoke/,
  /^dynamodb:(GetItem|BatchGetItem|Query|Scan|GetRecords|PartiQL)/,
  /^kinesis:(GetRecords|GetShardIterator|SubscribeToShard)$/,
  /^sqs:ReceiveMessage$/,
  /^ecr:(BatchGetImage|GetDownloadUrlForLayer|GetAuthorizationToken)$/,
  /^codeartifact:(GetPackageVersionAsset|GetAuthorizationToken|ReadFromRepository)$/,
  /^logs:(GetLog|FilterLog|StartQuery|GetQuery)/,
  /^glue:Get(Table|Partition|Connection|Job|Database)/,
  /^apigateway:/,
  /^sts:/,
];

test.each(actions)('%s lists, gets or describes, and returns no data', (action) => {
  expect(action).toMatch(/^[a-z0-9-]+:(List|Get|Describe|BatchGet)[A-Za-z0-9]+$/);
  expect(returnsData.filter((pattern) => pattern.test(action))).toEqual([]);
});

test('API Gateway has one action for everything: it is limited to APIs and domain names', () => {
  const reading = (Sid: string, path: string) => ({
    Sid,
    Effect: 'Allow',
    Action: ['apigateway:GET'],
    Resource: [`arn:*:apigateway:*::/${path}`, `arn:*:apigateway:*::/${path}/*`],
  });
  expect(limited).toEqual([
    reading('ApigatewayDomainName', 'domainnames'),
    reading('ApigatewayRestApi', 'restapis'),
  ]);
});

test('the audit role may do what each kind needs, each action once, and list the regions', () => {
  const needed = kinds.flatMap(({ permissions }) => permissions);
  const granted = statements.flatMap(({ Action }) => Action);
  expect([...new Set(granted)].sort()).toEqual([...new Set([...needed, 'ec2:DescribeRegions'])].sort());
});

test('the policy fits into a role, where 10,240 characters are the limit', () => {
  expect(JSON.stringify(auditRolePolicy(kinds)).length).toBeLessThan(10_240);
});
