import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const repositoryArn = arnFrom('ecr', 'repository/');

export const ecrRepository = defineKind({
  id: 'ecr:repository',
  title: 'ECR repository',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
  reads: 'repository policy',
  permissions: ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy'],
  events: [
    {
      source: 'ecr.amazonaws.com',
      names: ['CreateRepository', 'SetRepositoryPolicy', 'DeleteRepositoryPolicy', 'DeleteRepository'],
      resource: referenceAt('requestParameters.repositoryName'),
    },
  ],
  errors: {
    absent: ['RepositoryPolicyNotFoundException'],
    gone: ['RepositoryNotFoundException'],
    notUsable: [],
  },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ecr');
    return { sdk, client: open(sdk.ECRClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeRepositories({ client, pageSize: 1000 }, {});
    for await (const { repositoryArn: arn } of itemsOf(pages, (page) => page.repositories))
      if (arn) yield { arn };
  },

  ...knownBy(repositoryArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetRepositoryPolicyCommand({ repositoryName: nameIn(arn, 'repository/') });
    const { policyText } = await client.send(command);
    return opening(policyText);
  },
});
