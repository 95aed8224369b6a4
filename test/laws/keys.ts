import { outside, owner } from './cast.ts';

export type Sort = 'string' | 'arn' | 'address' | 'bool' | 'date' | 'number';

export interface Key {
  readonly name: string;
  readonly sort: Sort;
  readonly values: readonly [string, ...string[]];
}

const key = (name: string, sort: Sort, ...values: [string, ...string[]]): Key => ({ name, sort, values });

const resourceAccount = '${aws:ResourceAccount}';
const principalAccount = '${aws:PrincipalAccount}';
const tagged = (name: string) => `\${aws:PrincipalTag/${name}}`;
const principalTeam = "${aws:PrincipalTag/team, 'none'}";
const taggedOr = (name: string, other: string) => `\${aws:PrincipalTag/${name}, '${other}'}`;

const taggedOrganizations = [tagged('organization'), taggedOr('organization', 'o-foreign001')];

/** Keys with the values that policies write for them, good and bad. */
export const common: readonly Key[] = [
  key(
    'aws:PrincipalAccount',
    'string',
    outside,
    '333333333333',
    owner,
    '2222*',
    '*',
    resourceAccount,
    tagged('account'),
    taggedOr('account', '333333333333'),
    `22222222222${tagged('digit')}`,
    '??????????22',
    '9*',
    '29*',
    '*2',
  ),
  key(
    'aws:PrincipalOrgID',
    'string',
    'o-abc1234567',
    'o-foreign001',
    'o-*',
    '*',
    'o-z*',
    'o-a*',
    'o-?bc1234567',
    'O-FOREIGN001',
    ...taggedOrganizations,
  ),
  key(
    'aws:PrincipalOrgPaths',
    'string',
    'o-abc1234567/*',
    'o-foreign001/r-ab12/ou-ab12-11111111/*',
    'o-abc1234567/r-ab12/ou-ab12-11111111/',
    'o-foreign001/*',
    '*',
  ),
  key(
    'aws:PrincipalArn',
    'arn',
    `arn:aws:iam::${outside}:role/ci`,
    `arn:aws:iam::${outside}:role/*`,
    'arn:aws:iam::*:role/ci',
    `arn:aws:iam::${owner}:*`,
    `arn:aws:iam::${outside}:user/kim`,
    `arn:aws:iam::${tagged('owner')}:role/ci`,
    taggedOr('role', `arn:aws:iam::${outside}:role/ci`),
    'arn:aws:iam::*:*',
    'arn:aws:iam::9*:*',
    `arn:aws:sts::${outside}:federated-user/k*`,
    'arn:aws:iam::*:role/aws-service-role/*',
  ),
  key('aws:PrincipalType', 'string', 'Anonymous', 'AssumedRole', 'User', 'FederatedUser'),
  key('aws:PrincipalIsAWSService', 'bool', 'true', 'false'),
  key(
    'aws:PrincipalServiceName',
    'string',
    'sns.amazonaws.com',
    'cloudtrail.amazonaws.com',
    'logs.*.amazonaws.com',
    'l*',
    tagged('service'),
  ),
  key(
    'aws:PrincipalTag/team',
    'string',
    'ops',
    'o*',
    '*',
    'Human Resources',
    tagged('team'),
    '${aws:username}',
    '${aws:SourceIdentity}',
  ),
  key('aws:PrincipalTag/account', 'string', outside, '333333333333', '3*', principalAccount),
  key('aws:PrincipalTag/organization', 'string', 'o-foreign001', '${aws:PrincipalOrgID}'),
  key('aws:username', 'string', 'kim', '*'),
  key('aws:SourceAccount', 'string', outside, owner, '333333333333', '2*', '9*'),
  key(
    'aws:SourceArn',
    'arn',
    `arn:aws:sns:eu-west-1:${outside}:x`,
    `arn:aws:sns:*:${owner}:*`,
    'arn:aws:s3:::acme-uploads',
    'arn:aws:sns:*:*:*',
    `arn:aws:execute-api:eu-west-1:${outside}:abc/*`,
    `arn:aws:cloudwatch:eu-west-1:${outside}:alarm:Orders late`,
  ),
  key('aws:SourceOrgID', 'string', 'o-abc1234567', 'o-foreign001', 'o-z*', 'o-a*'),
  key(
    'aws:SourceIp',
    'address',
    '203.0.113.0/24',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '203.0.113.7',
    tagged('address'),
    '2001:db8::/32',
    '128.0.0.0/1',
    '198.51.100.0/24',
  ),
  key('aws:SourceVpce', 'string', 'vpce-0a1b2c3d', 'vpce-*', tagged('vpce')),
  key('aws:SourceVpc', 'string', 'vpc-0a1b2c3d', 'vpc-*'),
  key('aws:SecureTransport', 'bool', 'true', 'false'),
  key('aws:MultiFactorAuthPresent', 'bool', 'true', 'false'),
  key('aws:CurrentTime', 'date', '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', '2099-06-01T00:00:00Z'),
  key('aws:EpochTime', 'number', '1577836800', '4070908800'),
  key('aws:MultiFactorAuthAge', 'number', '10', '3600'),
  key('acme:Unheard', 'string', 'a', 'b*'),
  key(
    'aws:userid',
    'string',
    'AROAEXAMPLE0123456789:*',
    'aroaexample0123456789:bob',
    'AIDAEXAMPLE0123456789',
    '*',
    'anonymous',
    `${outside}:kim`,
    `${outside}:*`,
  ),
  key('aws:CalledVia', 'string', 'athena.amazonaws.com', '*'),
  key('aws:ViaAWSService', 'bool', 'true', 'false'),
  key('aws:RequestedRegion', 'string', 'eu-west-1', 'eu-*'),
  key('aws:ResourceAccount', 'string', owner, outside, principalAccount),
  key('aws:ResourceOrgID', 'string', 'o-abc1234567', 'o-foreign001'),
  key('aws:ResourceTag/team', 'string', 'ops', principalTeam),
  key('aws:PrincipalServiceNamesList', 'string', 'sns.amazonaws.com', '*.amazonaws.com', 'logs.*'),
  key('aws:SourceOrgPaths', 'string', 'o-abc1234567/*', 'o-foreign001/r-ab12/*'),
  key('aws:VpceAccount', 'string', owner, outside),
  key('aws:VpceOrgID', 'string', 'o-abc1234567', 'o-foreign001', 'o-*'),
  key('aws:VpceOrgPaths', 'string', 'o-abc1234567/*', 'o-foreign001/r-ab12/*'),
  key(
    'aws:SourceVpcArn',
    'arn',
    `arn:aws:ec2:eu-west-1:${owner}:vpc/vpc-0a1b2c3d`,
    `arn:aws:ec2:*:${outside}:vpc/*`,
  ),
  key('aws:CalledViaFirst', 'string', 'athena.amazonaws.com', '*'),
  key('aws:RequestTag/team', 'string', 'ops', 'o*', tagged('team')),
  key('aws:UserAgent', 'string', 'aws-cli/*'),
  key('aws:AssumedRoot', 'bool', 'true', 'false'),
  key('aws:VpcSourceIp', 'address', '10.0.0.0/8', '192.168.0.0/16'),
  key('aws:TagKeys', 'string', 'team', 'stage'),
  key('aws:Referer', 'string', 'https://www.example.com/*'),
  key('aws:SourceIdentity', 'string', 'kim', 'k*'),
  key('aws:TokenIssueTime', 'date', '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'),
  key('aws:ViaAWSMCPService', 'bool', 'true', 'false'),
  key('aws:Ec2InstanceSourceVpc', 'string', 'vpc-0a1b2c3d', 'vpc-*'),
  key(
    'ec2:SourceInstanceArn',
    'arn',
    `arn:aws:ec2:eu-west-1:${outside}:instance/i-0a1b2c3d`,
    `arn:aws:ec2:*:${owner}:instance/*`,
  ),
];

export const own: Readonly<Record<string, Omit<Key, 'name'>>> = {
  'aws:SourceOwner': { sort: 'string', values: [outside, owner] },
  'kms:CallerAccount': { sort: 'string', values: [outside, owner, '333333333333'] },
  'kms:GrantIsForAWSResource': { sort: 'bool', values: ['true', 'false'] },
  'kms:EncryptionContext:aws:logs:arn': {
    sort: 'arn',
    values: [`arn:aws:logs:eu-west-1:${outside}:log-group:/a`, `arn:aws:logs:*:${owner}:log-group:*`],
  },
  'lambda:FunctionUrlAuthType': { sort: 'string', values: ['NONE', 'AWS_IAM'] },
  'lambda:InvokedViaFunctionUrl': { sort: 'bool', values: ['true'] },
  's3:signatureversion': { sort: 'string', values: ['AWS4-HMAC-SHA256', 'AWS'] },
  's3:authType': { sort: 'string', values: ['REST-HEADER', 'REST-QUERY-STRING', 'POST'] },
  's3:DataAccessPointAccount': { sort: 'string', values: [owner, outside, '2*', principalAccount] },
  's3:DataAccessPointArn': {
    sort: 'arn',
    values: [
      `arn:aws:s3:eu-west-1:${owner}:accesspoint/reports`,
      `arn:aws:s3:*:${owner}:accesspoint/*`,
      `arn:aws:s3:*:${outside}:accesspoint/*`,
      `arn:aws:s3::${outside}:accesspoint/*.mrap`,
    ],
  },
  'aws:FederatedProvider': {
    sort: 'arn',
    values: [
      `arn:aws:iam::${owner}:oidc-provider/token.actions.githubusercontent.com`,
      'arn:aws:iam::*:oidc-provider/gitlab.com',
      `arn:aws:iam::${owner}:saml-provider/Okta`,
      `ARN:AWS:IAM::${owner}:OIDC-PROVIDER/GITLAB.COM`,
      'cognito-identity.amazonaws.com',
      'arn:*',
      '*githubusercontent.com',
      '*Okta',
      '*example.com',
    ],
  },
  'sts:ExternalId': {
    sort: 'string',
    values: ['a', 'b', 'a*', '${sts:ExternalId}', tagged('team'), `a-${principalAccount}`, `a-${outside}`],
  },
  'token.actions.githubusercontent.com:sub': {
    sort: 'string',
    values: [
      'repo:acme/*',
      'repo:acme*',
      'repo:evil/x:*',
      'repo:acme/web:ref:refs/heads/main',
      '*',
      'repo:${aws:RequestTag/org}/*',
      'repository_owner:acme:repository_visibility:private',
    ],
  },
  'token.actions.githubusercontent.com:aud': { sort: 'string', values: ['sts.amazonaws.com'] },
  'gitlab.com:sub': {
    sort: 'string',
    values: ['project_path:acme/*', 'project_path:evil/x:ref_type:branch:ref:main'],
  },
  'token.actions.githubusercontent.com:repository': { sort: 'string', values: ['acme/web', 'acme/*', '*'] },
  'https://token.actions.githubusercontent.com:sub': { sort: 'string', values: ['repo:acme/web'] },
  'sts:ExternalId': { sort: 'string', values: ['8f2c1e', 'acme-*', '*', '', tagged('id')] },
};

export const any: Omit<Key, 'name'> = { sort: 'string', values: ['a', 'b', 'a*'] };
