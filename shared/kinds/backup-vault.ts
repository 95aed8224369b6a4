import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharePolicy } from './share.ts';

const vaultArn = arnFrom('backup', 'backup-vault:');

/** Whatever the policy says, other accounts can do nothing but copy into the vault: the page below says so. */
const onlyCopies = (account: string) =>
  sharePolicy('service', [
    {
      Effect: 'Deny',
      Principal: '*',
      NotAction: 'backup:CopyIntoBackupVault',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } },
    },
  ]);

export const backupVault = defineKind({
  id: 'backup:vault',
  title: 'Backup vault',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html',
  reads: 'vault access policy',
  permissions: ['backup:ListBackupVaults', 'backup:GetBackupVaultAccessPolicy'],
  events: [
    {
      source: 'backup.amazonaws.com',
      names: ['PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'DeleteBackupVault'],
      resource: referenceAt('requestParameters.backupVaultName'),
    },
  ],
  // A vault without a policy and no vault at all are one answer.
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-backup');
    return { sdk, client: open(sdk.BackupClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListBackupVaults({ client, pageSize: 1000 }, {});
    for await (const { BackupVaultArn: arn } of itemsOf(pages, (page) => page.BackupVaultList))
      if (arn) yield { arn };
  },

  ...knownBy(vaultArn),

  async policy({ sdk, client }, { arn }, { account }) {
    const request = { BackupVaultName: nameIn(arn, 'backup-vault:') };
    const own = opening((await client.send(new sdk.GetBackupVaultAccessPolicyCommand(request))).Policy);
    return own && { policies: [...own.policies, onlyCopies(account)] };
  },
});
