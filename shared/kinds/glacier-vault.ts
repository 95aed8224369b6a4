import { unlessAbsent } from './absence.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const vaultArn = arnFrom('glacier', 'vaults/');

/** What the service says of a policy that there is not. */
const none = ['ResourceNotFoundException'];

export const glacierVault = defineKind({
  id: 'glacier:vault',
  title: 'Glacier vault',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-access-policy.html',
  reads: 'vault access policy and vault lock policy',
  permissions: ['glacier:ListVaults', 'glacier:GetVaultAccessPolicy', 'glacier:GetVaultLock'],
  events: [
    {
      source: 'glacier.amazonaws.com',
      names: [
        'SetVaultAccessPolicy',
        'DeleteVaultAccessPolicy',
        'InitiateVaultLock',
        'CompleteVaultLock',
        'AbortVaultLock',
        'DeleteVault',
      ],
      resource: referenceAt('requestParameters.vaultName'),
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-glacier');
    return { sdk, client: open(sdk.GlacierClient) };
  },

  async *list({ sdk, client }, { account: accountId }) {
    const pages = sdk.paginateListVaults({ client }, { accountId });
    for await (const { VaultARN: arn } of itemsOf(pages, (page) => page.VaultList)) if (arn) yield { arn };
  },

  ...knownBy(vaultArn),

  async policy({ sdk, client }, { arn }, { account: accountId }) {
    const request = { accountId, vaultName: nameIn(arn, 'vaults/') };
    const own = await unlessAbsent(none, client.send(new sdk.GetVaultAccessPolicyCommand(request)));
    const lock = await unlessAbsent(none, client.send(new sdk.GetVaultLockCommand(request)));
    const texts = { policy: own?.policy?.Policy, lock: lock?.Policy };
    const policies = Object.entries(texts).flatMap(([name, text]) => (text ? [{ name, text }] : []));
    return policies.length > 0 ? { policies } : undefined;
  },
});
