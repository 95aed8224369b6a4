import type { GrantListEntry } from '@aws-sdk/client-kms';
import { parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { recipient, type ShareStatement } from './share.ts';

type Grantee = string | undefined;

/**
 * The statements that a grant stands for. Grants to the key's own account say nothing about outsiders and come
 * and go by the hundred with every volume and database: they are left out, so that the key's reading is still.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantStatements(grant: GrantListEntry, { account }: Place): readonly ShareStatement[] {
  const allow = (grantee: Grantee, actions: readonly string[]): readonly ShareStatement[] => {
    if (grantee === undefined || actions.length === 0 || isInside(grantee, grant, account)) return [];
    const { Principal, Condition } = recipient(grantee);
    const bounds = { ...contextOf(grant), ...(isService(grantee) ? sourceOf(grant) : {}) };
    const condition = Object.keys(bounds).length > 0 ? { StringEquals: bounds } : Condition;
    return [
      {
        Effect: 'Allow',
        Principal,
        Action: actions,
        Resource: '*',
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ];
  };
  const operations = (grant.Operations ?? []).map((operation) => `kms:${operation}`);
  return [
    ...allow(grant.GranteePrincipal ?? grant.GranteeServicePrincipal, operations),
    ...allow(grant.RetiringPrincipal ?? grant.RetiringServicePrincipal, ['kms:RetireGrant']),
  ];
}

const isService = (grantee: string) => grantee.includes('.amazonaws.com');

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
