import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

/** Public repositories are of no region in their ARNs, and are called in us-east-1. */
const repositoryArn = (reference: string, place: Place) =>
  arnFrom('ecr-public', 'repository/')(reference, { ...place, region: '' });

export const ecrPublicRepository = defineKind({
  id: 'ecr-public:repository',
  title: 'ECR public repository',
  reach: 'global',
  documentation: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html',
  reads: 'repository policy: who pushes; everyone pulls',
  permissions: ['ecr-public:DescribeRepositories', 'ecr-public:GetRepositoryPolicy'],
  events: [
    {
      source: 'ecr-public.amazonaws.com',
      names: ['CreateRepository', 'SetRepositoryPolicy', 'DeleteRepositoryPolicy', 'DeleteRepository'],
      resource: referenceAt('requestParameters.repositoryName'),
    },
  ],
  errors: {
    absent: ['RepositoryPolicyNotFoundException'],
    gone: ['RepositoryNotFoundException'],
    notUsable: [],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ecr-public');
    return { sdk, client: open(sdk.ECRPUBLICClient) };
  },

  async *list({ sdk, client }, { partition }) {
    if (partition !== 'aws') return;
    const pages = sdk.paginateDescribeRepositories({ client, pageSize: 1000 }, {});
    for await (const { repositoryArn: arn } of itemsOf(pages, (page) => page.repositories))
      if (arn) yield { arn };
  },

  ...knownBy(repositoryArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetRepositoryPolicyCommand({ repositoryName: nameIn(arn, 'repository/') });
    return opening((await client.send(command)).policyText);
  },
});
