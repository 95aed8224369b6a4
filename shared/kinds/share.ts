import { parseArn } from '../iam/arn.ts';
import type { KindPolicy, Opening } from './kind.ts';

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Who gets something, as a policy says it. */
export interface Recipient {
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Condition?: Condition;
}

/** A statement of the policy that stands for an ACL, a grant, an attribute or a share. */
export interface ShareStatement extends Recipient {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
}

/** Access that is no policy (an ACL, a grant, an attribute, a share), as the policy text of the same meaning. */
export function sharePolicy(name: string, statements: readonly ShareStatement[]): KindPolicy {
  return { name, text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) };
}

/**
 * A resource that is shared by naming who gets it, as the policy of the same meaning; none when it is not shared.
 * `actions` is what the recipients can do with it in their own accounts.
 */
export function sharedWith(
  names: readonly string[],
  actions: readonly string[],
  resource: string | readonly string[],
  policy = 'share',
): Opening | undefined {
  if (names.length === 0) return undefined;
  const statements = [...new Set(names)]
    .sort()
    .map((name) => ({ Effect: 'Allow' as const, ...recipient(name), Action: actions, Resource: resource }));
  return { policies: [sharePolicy(policy, statements)] };
}

/** What a resource that can be reached from one VPC alone leaves of its policies: nothing from elsewhere. */
export function onlyFromVpc(vpc: string, action: string): KindPolicy {
  const Condition = { StringNotEquals: { 'aws:SourceVpc': vpc } };
  return sharePolicy('network', [
    { Effect: 'Deny', Principal: '*', Action: action, Resource: '*', Condition },
  ]);
}

/** Every AWS account, and nobody without one. */
export const anyAccount: Recipient = { Principal: { AWS: '*' } };

/** Whether a recipient is a service. The ARN of a service-linked role holds a service's name, and is a role's all the same. */
export const isService = (name: string): boolean => /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name);

/**
 * A recipient as AWS's sharing calls name it: `all` (of Systems Manager in any letter case), an account, the ARN of an
 * organization, an organizational unit or an IAM principal, a service. A unit's id holds that of its root.
 * https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 */
export function recipient(name: string): Recipient {
  if (name === '*' || name.toLowerCase() === 'all') return anyAccount;
  const arn = parseArn(name);
  if (arn?.service === 'organizations') {
    const [type, organization = '', unit = ''] = arn.resource.split('/');
    if (type === 'organization')
      return { ...anyAccount, Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } };
    const [, root = '*'] = unit.split('-');
    const path = `${organization}/r-${root}/*${unit}/*`;
    return { ...anyAccount, Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': path } } };
  }
  return { Principal: isService(name) ? { Service: name } : { AWS: name } };
}
