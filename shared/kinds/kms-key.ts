import { parseArn } from '../iam/arn.ts';
import { type ChangeDetail, defineKind } from './kind.ts';
import { grantStatements } from './kms-grants.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, referenceAt, textAt } from './reference.ts';
import { sharePolicy } from './share.ts';

const keyArn = arnFrom('kms', 'key/');

/** A replica's ARN; it stands in another region than the key that it was made of. */
const replicaOf = (detail: ChangeDetail) => textAt(detail, 'responseElements.replicaKeyMetadata.arn');

export const kmsKey = defineKind({
  id: 'kms:key',
  title: 'KMS key',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/kms/latest/developerguide/control-access.html',
  reads: 'key policy and grants',
  permissions: ['kms:ListAliases', 'kms:ListKeys', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'],
  events: [
    {
      source: 'kms.amazonaws.com',
      names: ['ReplicateKey'],
      resource: (detail) => replicaOf(detail) ?? 'every',
      region: (detail) => parseArn(replicaOf(detail) ?? '')?.region,
    },
    {
      source: 'kms.amazonaws.com',
      names: ['CreateGrant'],
      // Services grant themselves the use of keys all day long, for the account that asked them to.
      resource: (detail) =>
        textAt(detail, 'requestParameters.granteePrincipal')?.endsWith('.amazonaws.com')
          ? undefined
          : referenceAt('requestParameters.keyId')(detail),
    },
    {
      source: 'kms.amazonaws.com',
      names: ['CreateKey', 'PutKeyPolicy', 'RevokeGrant', 'RetireGrant', 'ScheduleKeyDeletion', 'DeleteKey'],
      resource: referenceAt(
        'requestParameters.keyId',
        'responseElements.keyMetadata.arn',
        'responseElements.keyId',
      ),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-kms');
    return { sdk, client: open(sdk.KMSClient) };
  },

  // Keys that AWS manages cannot be shared, and have an alias that nobody else can give: two lists instead of
  // a DescribeKey for each. https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
  async *list({ sdk, client }) {
    const aliases = itemsOf(sdk.paginateListAliases({ client, pageSize: 100 }, {}), (page) => page.Aliases);
    const managed = new Set<string | undefined>();
    for await (const { AliasName, TargetKeyId } of aliases)
      if (AliasName?.startsWith('alias/aws/')) managed.add(TargetKeyId);
    const keys = itemsOf(sdk.paginateListKeys({ client, pageSize: 1000 }, {}), (page) => page.Keys);
    for await (const { KeyArn: arn, KeyId: id } of keys) if (arn && !managed.has(id)) yield { arn };
  },

  async find({ sdk, client }, place, reference) {
    if (keyArn(reference, place) === undefined) return undefined;
    const { KeyMetadata } = await client.send(new sdk.DescribeKeyCommand({ KeyId: reference }));
    const arn = KeyMetadata?.KeyManager === 'AWS' ? undefined : KeyMetadata?.Arn;
    return arn === undefined ? undefined : { arn };
  },

  refersTo: (reference, arn, place) => keyArn(reference, place) === arn,

  async policy({ sdk, client }, { arn }, place) {
    const { Policy } = await client.send(new sdk.GetKeyPolicyCommand({ KeyId: arn, PolicyName: 'default' }));
    const pages = sdk.paginateListGrants({ client, pageSize: 100 }, { KeyId: arn });
    const grants = await collect(itemsOf(pages, (page) => page.Grants));
    const statements = grants.flatMap((grant) => grantStatements(grant, place));
    const policies = [
      ...(Policy ? [{ name: 'policy', text: Policy }] : []),
      ...(statements.length > 0 ? [sharePolicy('grants', statements)] : []),
    ];
    return policies.length > 0 ? { policies } : undefined;
  },
});
