import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const identityArn = arnFrom('ses', 'identity/');

export const sesIdentity = defineKind({
  id: 'ses:identity',
  title: 'SES identity',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policies.html',
  reads: 'sending authorization policies',
  permissions: ['ses:ListEmailIdentities', 'ses:GetEmailIdentityPolicies'],
  events: [
    {
      source: 'ses.amazonaws.com',
      names: [
        'CreateEmailIdentityPolicy',
        'UpdateEmailIdentityPolicy',
        'DeleteEmailIdentityPolicy',
        'DeleteEmailIdentity',
        'PutIdentityPolicy',
        'DeleteIdentityPolicy',
        'DeleteIdentity',
      ],
      resource: referenceAt('requestParameters.emailIdentity', 'requestParameters.identity'),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sesv2');
    return { sdk, client: open(sdk.SESv2Client) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListEmailIdentities({ client, pageSize: 1000 }, {});
    for await (const { IdentityName: name } of itemsOf(pages, (page) => page.EmailIdentities)) {
      const arn = name && identityArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(identityArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetEmailIdentityPoliciesCommand({ EmailIdentity: nameIn(arn, 'identity/') });
    const { Policies = {} } = await client.send(command);
    const policies = Object.entries(Policies).map(([name, text]) => ({ name: `policy:${name}`, text }));
    return policies.length > 0 ? { policies } : undefined;
  },
});
