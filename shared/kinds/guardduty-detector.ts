import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const detectorArn = arnFrom('guardduty', 'detector/');

export const guarddutyDetector = defineKind({
  id: 'guardduty:detector',
  title: 'GuardDuty detector',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html',
  reads: 'the administrator account, which sees its findings and sets what it looks at',
  permissions: ['guardduty:ListDetectors', 'guardduty:GetAdministratorAccount'],
  events: [
    {
      source: 'guardduty.amazonaws.com',
      names: [
        'AcceptAdministratorInvitation',
        'AcceptInvitation',
        'DisassociateFromAdministratorAccount',
        'DisassociateFromMasterAccount',
        'DeleteDetector',
      ],
      resource: referenceAt('requestParameters.detectorId'),
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-guardduty');
    return { sdk, client: open(sdk.GuardDutyClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListDetectors({ client, pageSize: 50 }, {});
    for await (const id of itemsOf(pages, (page) => page.DetectorIds)) {
      const arn = detectorArn(id, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(detectorArn),

  // Without one, or when it has let go, the answer is empty.
  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetAdministratorAccountCommand({ DetectorId: nameIn(arn, 'detector/') });
    const { AccountId } = (await client.send(command)).Administrator ?? {};
    const names = AccountId ? [AccountId] : [];
    return sharedWith(names, ['guardduty:GetFindings', 'guardduty:UpdateMemberDetectors'], arn);
  },
});
