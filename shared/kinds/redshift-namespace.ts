import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const namespaceArn = arnFrom('redshift', 'namespace:');

export const redshiftNamespace = defineKind({
  id: 'redshift:namespace',
  title: 'Redshift cluster namespace',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html',
  reads: 'resource policy: who may integrate',
  permissions: ['redshift:DescribeClusters', 'redshift:GetResourcePolicy'],
  events: [
    {
      source: 'redshift.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'redshift.amazonaws.com',
      names: ['DeleteCluster'],
      resource: () => 'every',
    },
  ],
  errors: { absent: ['ResourceNotFoundFault'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-redshift');
    return { sdk, client: open(sdk.RedshiftClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeClusters({ client, pageSize: 100 }, {});
    for await (const { ClusterNamespaceArn: arn } of itemsOf(pages, (page) => page.Clusters))
      if (arn) yield { arn };
  },

  ...knownBy(namespaceArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ ResourceArn: arn });
    return opening((await client.send(command)).ResourcePolicy?.Policy);
  },
});
