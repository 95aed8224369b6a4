import type { DomainName } from '@aws-sdk/client-api-gateway';
import { unescaped } from './apigateway-policy.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { nameIn, referenceAt } from './reference.ts';

/** Private domains alone have policies and ARNs. */
const listed = ({ domainNameArn: arn, policy, managementPolicy: management }: DomainName) =>
  arn === undefined ? [] : [{ arn, texts: { policy, management } }];

/** `/domainnames/NAME+ID`: several private domains can have one name. */
const isNamed = (reference: string, arn: string) =>
  arn === reference || nameIn(arn, '/domainnames/').startsWith(`${reference}+`);

export const apigatewayDomainName = defineKind({
  id: 'apigateway:domain-name',
  title: 'API Gateway private custom domain name',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html',
  reads: 'policies: who may invoke through it, and who may reach it from VPC endpoints',
  permissions: ['apigateway:GET'],
  permissionResources: ['arn:*:apigateway:*::/domainnames', 'arn:*:apigateway:*::/domainnames/*'],
  events: [
    {
      source: 'apigateway.amazonaws.com',
      names: ['CreateDomainName', 'UpdateDomainName', 'DeleteDomainName'],
      resource: referenceAt('responseElements.domainNameArn', 'requestParameters.domainName'),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-api-gateway');
    const client = open(sdk.APIGatewayClient);
    const domains = () => {
      const pages = sdk.paginateGetDomainNames({ client, pageSize: 500 }, { resourceOwner: 'SELF' });
      return itemsOf(pages, (page) => page.items);
    };
    return { domains };
  },

  async *list({ domains }) {
    for await (const domain of domains()) yield* listed(domain);
  },

  // Read by its name alone, a domain could be another of that name.
  async find({ domains }, _, reference) {
    for await (const domain of domains())
      for (const item of listed(domain)) if (isNamed(reference, item.arn)) return item;
    return undefined;
  },

  refersTo: isNamed,

  async policy(_, { texts }) {
    const policies = Object.entries(texts).flatMap(([name, text]) =>
      text ? [{ name, text: unescaped(text) }] : [],
    );
    return policies.length > 0 ? { policies } : undefined;
  },
});
