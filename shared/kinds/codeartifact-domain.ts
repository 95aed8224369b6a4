import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const domainArn = arnFrom('codeartifact', 'domain/');

export const codeartifactDomain = defineKind({
  id: 'codeartifact:domain',
  title: 'CodeArtifact domain',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html',
  reads: 'domain policy',
  permissions: ['codeartifact:ListDomains', 'codeartifact:GetDomainPermissionsPolicy'],
  events: [
    {
      source: 'codeartifact.amazonaws.com',
      names: ['PutDomainPermissionsPolicy', 'DeleteDomainPermissionsPolicy', 'DeleteDomain'],
      resource: referenceAt('requestParameters.domain'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-codeartifact');
    return { sdk, client: open(sdk.CodeartifactClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListDomains({ client, pageSize: 1000 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.domains)) if (arn) yield { arn };
  },

  ...knownBy(domainArn),

  async policy({ sdk, client }, { arn }, { account }) {
    const request = { domain: nameIn(arn, 'domain/'), domainOwner: account };
    return opening((await client.send(new sdk.GetDomainPermissionsPolicyCommand(request))).policy?.document);
  },
});
