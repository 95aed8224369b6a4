import { parseArn } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { referenceAt } from './reference.ts';

/** IAM sends trust policies URL-encoded; what is already JSON, or broken, stays as it is. */
function decoded(document: string): string {
  if (document.trimStart().startsWith('{')) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}

interface Role {
  readonly Arn?: string | undefined;
  readonly Path?: string | undefined;
  readonly AssumeRolePolicyDocument?: string | undefined;
}

/** The role as it is listed; none for service-linked roles, whose trust only AWS can set. */
function listed({ Arn: arn, Path: path, AssumeRolePolicyDocument: trust }: Role) {
  if (arn === undefined || path?.startsWith('/aws-service-role/')) return undefined;
  return { arn, trust: trust === undefined ? undefined : decoded(trust) };
}

/** Managed policies, ours or AWS's, whose holder can give itself everything in the account. */
const administrators = new Set([
  'AdministratorAccess',
  'AWSOrganizationsFullAccess',
  'IAMFullAccess',
  'PowerUserAccess',
]);

export const iamRole = defineKind({
  id: 'iam:role',
  title: 'IAM role',
  reach: 'global',
  documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_modify.html',
  reads: 'trust policy; of a role that outsiders may assume, also the names of its managed policies',
  permissions: ['iam:ListRoles', 'iam:GetRole', 'iam:ListAttachedRolePolicies'],
  events: [
    {
      source: 'iam.amazonaws.com',
      names: ['CreateRole', 'UpdateAssumeRolePolicy', 'DeleteRole', 'AttachRolePolicy', 'DetachRolePolicy'],
      resource: referenceAt('requestParameters.roleName'),
    },
  ],
  errors: { absent: [], gone: ['NoSuchEntityException', 'NoSuchEntity'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-iam');
    return { sdk, client: open(sdk.IAMClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListRoles({ client, pageSize: 1000 }, {});
    for await (const role of itemsOf(pages, (page) => page.Roles)) {
      const item = listed(role);
      if (item) yield item;
    }
  },

  // The event gives a name without its path, and the path is part of the ARN.
  async find({ sdk, client }, _, name) {
    const { Role: role } = await client.send(new sdk.GetRoleCommand({ RoleName: name }));
    return role && listed(role);
  },

  refersTo: (name, arn) => parseArn(arn)?.resource.split('/').at(-1) === name,

  async administers({ sdk, client }, { arn }) {
    const RoleName = arn.split('/').at(-1) ?? '';
    const pages = sdk.paginateListAttachedRolePolicies({ client, pageSize: 1000 }, { RoleName });
    for await (const { PolicyName = '' } of itemsOf(pages, (page) => page.AttachedPolicies))
      if (administrators.has(PolicyName)) return true;
    return false;
  },

  async policy(_, { trust }) {
    return opening(trust);
  },
});
