import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const clusterArn = arnFrom('kafka', 'cluster/');

export const kafkaCluster = defineKind({
  id: 'kafka:cluster',
  title: 'MSK cluster',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html',
  reads: 'cluster policy',
  permissions: ['kafka:ListClustersV2', 'kafka:GetClusterPolicy'],
  events: [
    {
      source: 'kafka.amazonaws.com',
      names: ['PutClusterPolicy', 'DeleteClusterPolicy', 'DeleteCluster'],
      resource: referenceAt('requestParameters.clusterArn'),
    },
  ],
  errors: { absent: ['NotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-kafka');
    return { sdk, client: open(sdk.KafkaClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListClustersV2({ client, pageSize: 100 }, {});
    for await (const { ClusterArn: arn } of itemsOf(pages, (page) => page.ClusterInfoList))
      if (arn) yield { arn };
  },

  ...knownBy(clusterArn),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetClusterPolicyCommand({ ClusterArn: arn }))).Policy);
  },
});
