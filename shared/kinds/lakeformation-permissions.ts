import type { DataLakeSettings, PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import { isAccountId, parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { resourceArn } from './lakeformation-resource.ts';
import { itemsOf } from './pages.ts';
import { onceAPlace } from './reference.ts';
import { recipient, type ShareStatement, sharePolicy } from './share.ts';

/**
 * Whom a principal of Lake Formation is outside the account, as `recipient` understands it; undefined for the account's own,
 * and for users of the organization's Identity Center, whose ARNs name no account. Federated users and groups are
 * nobody that a policy could name: their account stands for them.
 * https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html
 */
function outsiderOf(principal: string, own: string): string | undefined {
  const arn = parseArn(principal);
  if (arn?.service === 'organizations') return principal;
  const account = arn?.account ?? principal.split(':', 1)[0] ?? '';
  if (account === own || account === '' || principal === 'IAM_ALLOWED_PRINCIPALS') return undefined;
  if (arn === undefined) return isAccountId(account) ? account : 'all';
  return /^(user|role)\//.test(arn.resource) ? principal : account;
}

/** `CREATE_TABLE` as policies would write it, with Lake Formation's own words: `lakeformation:CreateTable`. */
function actionOf(permission: string): string {
  if (permission === 'ALL' || permission === 'SUPER_USER') return 'lakeformation:*';
  const words = permission.toLowerCase().split('_');
  return `lakeformation:${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function permissionStatements(
  { Principal, Resource, Permissions = [], PermissionsWithGrantOption = [] }: PrincipalResourcePermissions,
  place: Place,
): readonly ShareStatement[] {
  const outsider = outsiderOf(Principal?.DataLakePrincipalIdentifier ?? 'all', place.account);
  if (outsider === undefined) return [];
  const passesOn = PermissionsWithGrantOption.length > 0 ? ['lakeformation:GrantPermissions'] : [];
  const Action = [...new Set([...Permissions.map(actionOf), ...passesOn])];
  return [{ Effect: 'Allow', ...recipient(outsider), Action, Resource: resourceArn(Resource, place) }];
}

/** Accounts whose engines are trusted to filter: they get whole tables. */
function filterStatements(settings: DataLakeSettings, { account }: Place): readonly ShareStatement[] {
  if (!settings.AllowExternalDataFiltering) return [];
  const names = (settings.ExternalDataFilteringAllowList ?? []).flatMap(
    ({ DataLakePrincipalIdentifier: name }) => outsiderOf(name ?? 'all', account) ?? [],
  );
  return names.map((name) => ({
    Effect: 'Allow',
    ...recipient(name),
    Action: 'lakeformation:GetDataAccess',
    Resource: '*',
  }));
}

/** Whether an administrator's ARN is that of the role whose session speaks, or of the user. */
function isCaller(administrator: string, caller: string): boolean {
  const [role, session] = [parseArn(administrator), parseArn(caller)];
  const name = session?.resource.split('/')[1];
  return role?.account === session?.account && role?.resource.split('/').at(-1) === name;
}

/** To all but its administrators Lake Formation lists less than there is, and does not say so. */
class NotAdministrator extends Error {
  override readonly name = 'AccessDeniedException';
}

export const lakeformationPermissions = defineKind({
  id: 'lakeformation:permissions',
  title: 'Lake Formation permissions',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/lake-formation/latest/dg/cross-account-permissions.html',
  reads:
    'permissions of principals outside the account, and accounts that filter data; where the audit role is a read-only administrator of the data lake',
  permissions: ['lakeformation:GetDataLakeSettings', 'lakeformation:ListPermissions'],
  events: [
    {
      source: 'lakeformation.amazonaws.com',
      names: [
        'GrantPermissions',
        'RevokePermissions',
        'BatchGrantPermissions',
        'BatchRevokePermissions',
        'PutDataLakeSettings',
      ],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const [sdk, sts] = await Promise.all([
      import('@aws-sdk/client-lakeformation'),
      import('@aws-sdk/client-sts'),
    ]);
    const caller = async () =>
      (await open(sts.STSClient).send(new sts.GetCallerIdentityCommand({}))).Arn ?? '';
    return { sdk, client: open(sdk.LakeFormationClient), caller };
  },

  ...onceAPlace('lakeformation', 'permissions'),

  async policy({ sdk, client, caller }, _, place) {
    const { DataLakeSettings: settings = {} } = await client.send(new sdk.GetDataLakeSettingsCommand({}));
    const administrators = [...(settings.DataLakeAdmins ?? []), ...(settings.ReadOnlyAdmins ?? [])];
    const statements = [...filterStatements(settings, place)];
    // Where nobody administers, nothing was granted.
    if (administrators.length > 0) {
      const own = await caller();
      if (!administrators.some(({ DataLakePrincipalIdentifier: name }) => isCaller(name ?? '', own)))
        throw new NotAdministrator(
          'Lake Formation shows all permissions to its administrators alone; make the audit role a read-only administrator',
        );
      const pages = sdk.paginateListPermissions({ client, pageSize: 1000 }, {});
      for await (const permissions of itemsOf(pages, (page) => page.PrincipalResourcePermissions))
        statements.push(...permissionStatements(permissions, place));
    }
    return statements.length > 0 ? { policies: [sharePolicy('permissions', statements)] } : undefined;
  },
});
