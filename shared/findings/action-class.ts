import { globMatches } from '../iam/glob.ts';

/**
 * What an action is good for, in an outsider's hands. `administer`: changes who may do what. `credentials`: gives
 * credentials of ours. `write`: changes anything else. `read`: only looks.
 */
export type ActionClass = 'administer' | 'credentials' | 'write' | 'read';

/** From the worst to the least. */
export const actionClasses: readonly ActionClass[] = ['administer', 'credentials', 'write', 'read'];

/** Actions that change who may do what, without their service; the attributes of a queue or topic hold its policy. */
const permissionChanges = [
  'AddLayerVersionPermission',
  'AddPermission',
  'AttachRolePolicy',
  'CreateFunctionUrlConfig',
  'CreateGrant',
  'DeleteBucketPolicy',
  'DeletePublicAccessBlock',
  'DeleteResourcePolicy',
  'PutBucketAcl',
  'PutBucketOwnershipControls',
  'PutBucketPolicy',
  'PutBucketPublicAccessBlock',
  'PutKeyPolicy',
  'PutObjectAcl',
  'PutObjectVersionAcl',
  'PutPermission',
  'PutPublicAccessBlock',
  'PutResourcePolicy',
  'PutRolePolicy',
  'RemovePermission',
  'SetQueueAttributes',
  'SetRepositoryPolicy',
  'SetTopicAttributes',
  'UpdateAssumeRolePolicy',
  'UpdateFunctionUrlConfig',
].map((name) => name.toLowerCase());

const permissionName =
  /^(add|attach|create|delete|detach|grant|modify|put|remove|reset|retire|revoke|set|update).*(acl|acls|grant|grants|permission|permissions|policies|policy|publicaccessblock|ownershipcontrols|accessconfiguration)$/;

const credentialNames: Readonly<Record<string, readonly string[]>> = {
  sts: ['assumerole', 'assumerolewithsaml', 'assumerolewithwebidentity', 'getfederationtoken'],
  iam: ['passrole', 'createaccesskey'],
  'cognito-identity': ['getcredentialsforidentity', 'getopenidtoken'],
  secretsmanager: ['getsecretvalue', 'batchgetsecretvalue'],
};

const readName =
  /^(batchcheck|batchget|check|decrypt|describe|download|get|head|list|lookup|preview|query|receive|scan|search|select|test|validate|verify|view)/;

/** Whether a name with `*` and `?` can mean one of `names`. */
function canMean(pattern: string, names: readonly string[]): boolean {
  return names.some((name) => globMatches(pattern, name));
}

/** The worst that one action, as a policy writes it, is good for. A pattern counts as the worst that it can mean. */
export function classOfAction(action: string): ActionClass {
  const [service = '', name = '*'] = action.toLowerCase().split(':', 2);
  const credentials = credentialNames[service];
  if (service === 'sts') return canMean(name, credentials ?? []) ? 'credentials' : 'write';
  if (canMean(name, permissionChanges) || permissionName.test(name)) return 'administer';
  if (credentials !== undefined && canMean(name, credentials)) return 'credentials';
  const literal = name.split(/[*?]/, 1)[0] ?? '';
  return readName.test(literal) ? 'read' : 'write';
}

/** The worst that any of a grant's actions is good for. */
export function classOfActions(actions: readonly string[]): ActionClass {
  const classes = new Set(actions.map(classOfAction));
  return actionClasses.find((actionClass) => classes.has(actionClass)) ?? 'administer';
}
