import type { GrantListEntry } from '@aws-sdk/client-kms';
import { parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { isService, recipient, type ShareStatement } from './share.ts';

/**
 * The statements that a grant stands for. Grants to the key's own account say nothing about outsiders and come
 * and go by the hundred with every volume and database: they are left out, so that the key's reading is still.
 * A service-linked role of another account is such a grantee as any: an Auto Scaling group there starts instances with
 * the key. https://repost.aws/knowledge-center/kms-launch-ec2-instance
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantStatements(grant: GrantListEntry, { account }: Place): readonly ShareStatement[] {
  const { Operations = [], GranteePrincipal, GranteeServicePrincipal } = grant;
  const { RetiringPrincipal, RetiringServicePrincipal } = grant;
  const context = contextOf(grant);
  const isBound = (operation: string) => Object.keys(context).length > 0 && takesContext.test(operation);
  const allow = (grantee: string | undefined, operations: readonly string[], bounds = {}) =>
    grantee === undefined || operations.length === 0 || isInside(grantee, grant, account)
      ? []
      : [statement(grantee, operations, { ...bounds, ...(isService(grantee) ? sourceOf(grant) : {}) })];
  const grantee = GranteePrincipal ?? GranteeServicePrincipal;
  return [
    ...allow(grantee, Operations.filter(isBound), context),
    ...allow(
      grantee,
      Operations.filter((operation) => !isBound(operation)),
    ),
    ...allow(RetiringPrincipal ?? RetiringServicePrincipal, ['RetireGrant']),
  ];
}

/** Operations with an encryption context: a grant's constraints say nothing of the others. */
const takesContext = /Encrypt|Decrypt|GenerateDataKey/;

function statement(
  grantee: string,
  operations: readonly string[],
  bounds: Readonly<Record<string, string>>,
): ShareStatement {
  return {
    Effect: 'Allow',
    ...recipient(grantee),
    Action: operations.map((operation) => `kms:${operation}`),
    Resource: '*',
    ...(Object.keys(bounds).length > 0 ? { Condition: { StringEquals: bounds } } : {}),
  };
}

/** A service uses a grant for the account that issued it. */
const isInside = (grantee: string, { IssuingAccount }: GrantListEntry, account: string) =>
  isService(grantee) ? accountOf(IssuingAccount) === account : accountOf(grantee) === account;

/** The account of an ARN, of an account's root, or of twelve digits. */
const accountOf = (principal: string | undefined) =>
  principal === undefined ? undefined : (parseArn(principal)?.account ?? principal);

/** What the request's encryption context must hold. */
function contextOf({ Constraints }: GrantListEntry): Record<string, string> {
  const pairs = { ...Constraints?.EncryptionContextSubset, ...Constraints?.EncryptionContextEquals };
  const entries = Object.entries(pairs);
  return Object.fromEntries(entries.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]));
}

function sourceOf({ IssuingAccount, Constraints }: GrantListEntry): Record<string, string> {
  const account = accountOf(IssuingAccount);
  return {
    ...(account === undefined ? {} : { 'aws:SourceAccount': account }),
    ...(Constraints?.SourceArn === undefined ? {} : { 'aws:SourceArn': Constraints.SourceArn }),
  };
}
