import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const clusterArn = arnFrom('eks', 'cluster/');

/** A cluster that does not know access entries at all. https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
const hasNoEntries = (error: unknown) =>
  error instanceof Error &&
  error.name === 'InvalidRequestException' &&
  /authentication mode must be set/.test(error.message);

export const eksCluster = defineKind({
  id: 'eks:cluster',
  title: 'EKS cluster',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
  reads: 'principals of access entries; not the aws-auth map, which is kept within the cluster',
  permissions: ['eks:ListClusters', 'eks:ListAccessEntries'],
  events: [
    {
      source: 'eks.amazonaws.com',
      names: [
        'CreateAccessEntry',
        'DeleteAccessEntry',
        'UpdateClusterConfig',
        'CreateCluster',
        'DeleteCluster',
      ],
      resource: referenceAt('requestParameters.clusterName', 'requestParameters.name'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-eks');
    return { sdk, client: open(sdk.EKSClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListClusters({ client, pageSize: 100 }, {});
    for await (const name of itemsOf(pages, (page) => page.clusters)) {
      const arn = clusterArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(clusterArn),

  async policy({ sdk, client }, { arn }) {
    const request = { clusterName: nameIn(arn, 'cluster/') };
    try {
      const pages = sdk.paginateListAccessEntries({ client, pageSize: 100 }, request);
      const principals = await collect(itemsOf(pages, (page) => page.accessEntries));
      return sharedWith(principals, ['eks:AccessKubernetesApi'], arn);
    } catch (error) {
      if (hasNoEntries(error)) return undefined;
      throw error;
    }
  },
});
