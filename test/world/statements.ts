import { organization } from './accounts.ts';
import type { Statement } from './resources.ts';

type Condition = NonNullable<Statement['Condition']>;

export const rootOf = (account: string) => `arn:aws:iam::${account}:root`;

/** Lets somebody do something; on everything, unless a resource is named. */
export function allow(
  Principal: Statement['Principal'],
  Action: Statement['Action'],
  { Sid, ...more }: Partial<Pick<Statement, 'Sid' | 'Resource' | 'Condition'>> = {},
): Statement {
  return { ...(Sid === undefined ? {} : { Sid }), Effect: 'Allow', Principal, Action, ...more };
}

export const ownOrganization: Condition = { StringEquals: { 'aws:PrincipalOrgID': organization } };

/** Requests must come by TLS: in every second bucket policy of the world. */
export const tlsOnly = (arn: string): Statement => ({
  Sid: 'DenyInsecureTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** A role's trust in a service of its own account. */
export const trustService = (service: string) =>
  allow({ Service: `${service}.amazonaws.com` }, 'sts:AssumeRole');

/** What the console gives every key: the account's own administrators. */
export const ownKey = (account: string) =>
  allow({ AWS: rootOf(account) }, 'kms:*', { Sid: 'Enable IAM User Permissions', Resource: '*' });

/** What SNS gives every topic. */
export const ownTopic = (arn: string, account: string) =>
  allow({ AWS: '*' }, ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes', 'SNS:SetTopicAttributes'], {
    Sid: '__default_statement_ID',
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceOwner': account } },
  });

/** A service acting for something of an account. */
export const fromService = (
  service: string,
  action: string,
  resource: string,
  account: string,
  sourceArn: string,
) =>
  allow({ Service: `${service}.amazonaws.com` }, action, {
    Resource: resource,
    Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': sourceArn } },
  });

export const github = 'token.actions.githubusercontent.com';

/** Trust in GitHub Actions, by the subject of its tokens. */
export const trustGithub = (account: string, subject: string | undefined) =>
  allow({ Federated: `arn:aws:iam::${account}:oidc-provider/${github}` }, 'sts:AssumeRoleWithWebIdentity', {
    Condition: {
      StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' },
      ...(subject === undefined ? {} : { StringLike: { [`${github}:sub`]: subject } }),
    },
  });
