import type { RestApi } from '@aws-sdk/client-api-gateway';
import { unescaped } from './apigateway-policy.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const apiArn = arnFrom('apigateway', '/restapis/', 'no-account');

const listed = (arn: string, { policy }: RestApi) => ({ arn, policy: policy && unescaped(policy) });

export const apigatewayRestApi = defineKind({
  id: 'apigateway:rest-api',
  title: 'API Gateway REST API',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html',
  reads: 'resource policy',
  permissions: ['apigateway:GET'],
  permissionResources: ['arn:*:apigateway:*::/restapis', 'arn:*:apigateway:*::/restapis/*'],
  events: [
    {
      source: 'apigateway.amazonaws.com',
      names: [
        'CreateRestApi',
        'ImportRestApi',
        'PutRestApi',
        'UpdateRestApi',
        'CreateDeployment',
        'DeleteRestApi',
      ],
      resource: referenceAt('requestParameters.restApiId', 'responseElements.id'),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-api-gateway');
    return { sdk, client: open(sdk.APIGatewayClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateGetRestApis({ client, pageSize: 500 }, {});
    for await (const api of itemsOf(pages, (page) => page.items)) {
      const arn = api.id && apiArn(api.id, place);
      if (arn) yield listed(arn, api);
    }
  },

  async find({ sdk, client }, place, reference) {
    const arn = apiArn(reference, place);
    if (arn === undefined) return undefined;
    const command = new sdk.GetRestApiCommand({ restApiId: nameIn(arn, '/restapis/') });
    return listed(arn, await client.send(command));
  },

  refersTo: knownBy(apiArn).refersTo,

  async policy(_, { policy }) {
    return opening(policy);
  },
});
