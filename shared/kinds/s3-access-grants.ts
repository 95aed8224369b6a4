import type { ListAccessGrantEntry } from '@aws-sdk/client-s3-control';
import { parseArn } from '../iam/arn.ts';
import { defineKind, type KindPolicy } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy } from './reference.ts';
import { type ShareStatement, sharePolicy } from './share.ts';

/**
 * The instance's policy lets other accounts ask for data; a grant to the caller, or to somebody of the directory whom
 * the caller acts for, is what they get. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-cross-accounts.html
 */
function onlyGrantees(grants: readonly ListAccessGrantEntry[], account: string): readonly KindPolicy[] {
  const grantees = grants.flatMap(({ Grantee }) => Grantee ?? []);
  if (grantees.some(({ GranteeType }) => GranteeType !== 'IAM')) return [];
  const arns = new Set(grantees.flatMap(({ GranteeIdentifier }) => GranteeIdentifier ?? []));
  const outside = [...arns].filter((arn) => parseArn(arn)?.account !== account).sort();
  const Condition = outside.length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': outside } } : {};
  const Action = 's3:GetDataAccess';
  const refusal: ShareStatement = { Effect: 'Deny', Principal: '*', Action, Resource: '*', Condition };
  return [sharePolicy('grants', [refusal])];
}

export const s3AccessGrants = defineKind({
  id: 's3:access-grants',
  title: 'S3 Access Grants instance',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-cross-accounts.html',
  reads: 'resource policy of the instance, and which of those that it lets in are granted data',
  permissions: [
    's3:ListAccessGrantsInstances',
    's3:GetAccessGrantsInstanceResourcePolicy',
    's3:ListAccessGrants',
  ],
  events: [
    {
      source: 's3.amazonaws.com',
      names: [
        'PutAccessGrantsInstanceResourcePolicy',
        'DeleteAccessGrantsInstanceResourcePolicy',
        'DeleteAccessGrantsInstance',
        'CreateAccessGrant',
        'DeleteAccessGrant',
      ],
      resource: () => 'every',
    },
  ],
  errors: {
    absent: ['AccessGrantsInstanceResourcePolicyNotExists'],
    gone: ['AccessGrantsInstanceNotExistsError'],
    notUsable: [],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-s3-control');
    return { sdk, client: open(sdk.S3ControlClient) };
  },

  // There is at most one in an account and region.
  async *list({ sdk, client }, { account: AccountId }) {
    const pages = sdk.paginateListAccessGrantsInstances({ client, pageSize: 1000 }, { AccountId });
    const instances = itemsOf(pages, (page) => page.AccessGrantsInstancesList);
    for await (const { AccessGrantsInstanceArn: arn } of instances) if (arn) yield { arn };
  },

  ...knownBy(arnFrom('s3', 'access-grants/')),

  async policy({ sdk, client }, _, { account }) {
    const request = { AccountId: account };
    const command = new sdk.GetAccessGrantsInstanceResourcePolicyCommand(request);
    const { Policy: text } = await client.send(command);
    if (!text) return undefined;
    const pages = sdk.paginateListAccessGrants({ client, pageSize: 1000 }, request);
    const grants = await collect(itemsOf(pages, (page) => page.AccessGrantsList));
    return { policies: [{ name: 'policy', text }, ...onlyGrantees(grants, account)] };
  },
});
