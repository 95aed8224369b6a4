import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, textAt } from './reference.ts';

const repositoryArn = arnFrom('codeartifact', 'repository/');

export const codeartifactRepository = defineKind({
  id: 'codeartifact:repository',
  title: 'CodeArtifact repository',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html',
  reads: 'repository policy',
  permissions: ['codeartifact:ListRepositories', 'codeartifact:GetRepositoryPermissionsPolicy'],
  events: [
    {
      source: 'codeartifact.amazonaws.com',
      names: ['PutRepositoryPermissionsPolicy', 'DeleteRepositoryPermissionsPolicy', 'DeleteRepository'],
      resource: (detail) => {
        const domain = textAt(detail, 'requestParameters.domain');
        const repository = textAt(detail, 'requestParameters.repository');
        return domain && repository ? `${domain}/${repository}` : 'every';
      },
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-codeartifact');
    return { sdk, client: open(sdk.CodeartifactClient) };
  },

  // Repositories in a domain of another account are listed too, and are that account's to judge.
  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListRepositories({ client, pageSize: 1000 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.repositories))
      if (arn && repositoryArn(arn, place)) yield { arn };
  },

  ...knownBy(repositoryArn),

  async policy({ sdk, client }, { arn }, { account }) {
    const [domain, repository] = nameIn(arn, 'repository/').split('/');
    const request = { domain, domainOwner: account, repository };
    const command = new sdk.GetRepositoryPermissionsPolicyCommand(request);
    return opening((await client.send(command)).policy?.document);
  },
});
