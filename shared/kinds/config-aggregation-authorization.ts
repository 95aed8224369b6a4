import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn } from './reference.ts';
import { sharedWith } from './share.ts';

const authorizationArn = arnFrom('config', 'aggregation-authorization/');

export const configAggregationAuthorization = defineKind({
  id: 'config:aggregation-authorization',
  title: 'AWS Config aggregation authorization',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/config/latest/developerguide/aggregated-add-authorization.html',
  reads: 'the account that may collect all configuration',
  permissions: ['config:DescribeAggregationAuthorizations'],
  events: [
    {
      source: 'config.amazonaws.com',
      names: ['PutAggregationAuthorization', 'DeleteAggregationAuthorization'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-config-service');
    return { sdk, client: open(sdk.ConfigServiceClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeAggregationAuthorizations({ client, pageSize: 100 }, {});
    for await (const authorization of itemsOf(pages, (page) => page.AggregationAuthorizations)) {
      const { AggregationAuthorizationArn: arn } = authorization;
      if (arn) yield { arn };
    }
  },

  ...knownBy(authorizationArn),

  // The ARN says it all: `aggregation-authorization/ACCOUNT/REGION`.
  async policy(_, { arn }) {
    const [account = '*'] = nameIn(arn, 'aggregation-authorization/').split('/');
    return sharedWith([account], ['config:PutConfigurationAggregator'], arn);
  },
});
