import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const clusterArn = arnFrom('dsql', 'cluster/');

export const dsqlCluster = defineKind({
  id: 'dsql:cluster',
  title: 'Aurora DSQL cluster',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/rbp-overview.html',
  reads: 'cluster policy',
  permissions: ['dsql:ListClusters', 'dsql:GetClusterPolicy'],
  events: [
    {
      source: 'dsql.amazonaws.com',
      names: ['CreateCluster', 'PutClusterPolicy', 'DeleteClusterPolicy', 'DeleteCluster'],
      resource: referenceAt('requestParameters.identifier', 'responseElements.arn'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-dsql');
    return { sdk, client: open(sdk.DSQLClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListClusters({ client, pageSize: 100 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.clusters)) if (arn) yield { arn };
  },

  ...knownBy(clusterArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetClusterPolicyCommand({ identifier: nameIn(arn, 'cluster/') });
    return opening((await client.send(command)).policy);
  },
});
