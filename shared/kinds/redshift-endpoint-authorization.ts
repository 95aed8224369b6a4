import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn } from './reference.ts';
import { sharedWith } from './share.ts';

/** There is one for each cluster and account that it is opened to, without an ARN of its own. */
const authorizationArn = arnFrom('redshift', 'cluster:');

export const redshiftEndpointAuthorization = defineKind({
  id: 'redshift:endpoint-authorization',
  title: 'Redshift endpoint authorization',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html',
  reads: 'the account that may make endpoints',
  permissions: ['redshift:DescribeEndpointAuthorization'],
  events: [
    {
      source: 'redshift.amazonaws.com',
      names: ['AuthorizeEndpointAccess', 'RevokeEndpointAccess', 'DeleteCluster'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: ['ClusterNotFound', 'ClusterNotFoundFault'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-redshift');
    return { sdk, client: open(sdk.RedshiftClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateDescribeEndpointAuthorization({ client, pageSize: 100 }, {});
    const authorizations = itemsOf(pages, (page) => page.EndpointAuthorizationList);
    for await (const { ClusterIdentifier: cluster, Grantee: grantee } of authorizations) {
      const arn = cluster && grantee && authorizationArn(`${cluster}/${grantee}`, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(authorizationArn),

  async policy(_, { arn }) {
    const [, grantee = '*'] = nameIn(arn, 'cluster:').split('/');
    return sharedWith([grantee], ['redshift:CreateEndpointAccess'], arn);
  },
});
