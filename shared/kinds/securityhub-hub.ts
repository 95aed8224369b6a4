import { defineKind } from './kind.ts';
import { onceAPlace } from './reference.ts';
import { sharedWith } from './share.ts';

export const securityhubHub = defineKind({
  id: 'securityhub:hub',
  title: 'Security Hub',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-accounts.html',
  reads: 'the administrator account, which sees its findings',
  permissions: ['securityhub:GetAdministratorAccount'],
  events: [
    {
      source: 'securityhub.amazonaws.com',
      names: [
        'AcceptAdministratorInvitation',
        'AcceptInvitation',
        'DisassociateFromAdministratorAccount',
        'DisassociateFromMasterAccount',
        'DisableSecurityHub',
      ],
      resource: () => 'every',
    },
  ],
  // It says either of an account that has not enabled it. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetAdministratorAccount.html
  errors: { absent: ['InvalidAccessException', 'ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-securityhub');
    return { sdk, client: open(sdk.SecurityHubClient) };
  },

  ...onceAPlace('securityhub', 'hub/default'),

  async policy({ sdk, client }, { arn }) {
    const { Administrator } = await client.send(new sdk.GetAdministratorAccountCommand({}));
    const names = Administrator?.AccountId ? [Administrator.AccountId] : [];
    return sharedWith(names, ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'], arn);
  },
});
