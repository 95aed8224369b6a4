import type { AuthorizedPrincipal, DomainStatus } from '@aws-sdk/client-opensearch';
import { defineKind } from './kind.ts';
import { arnFrom, nameIn, referenceAt } from './reference.ts';
import { onlyFromVpc, sharedWith } from './share.ts';

const domainArn = arnFrom('es', 'domain/');

/** DescribeDomains takes five names. https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomains.html */
const domainsAtATime = 5;

const listed = ({ ARN: arn, AccessPolicies: policy, VPCOptions }: DomainStatus) =>
  arn === undefined ? [] : [{ arn, policy, vpc: VPCOptions?.VPCId }];

/**
 * A service with access lets in nobody by itself: those who use it sign their requests, which the domain's policy judges.
 * https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_AuthorizedPrincipal.html
 */
const accountOf = ({ Principal, PrincipalType }: AuthorizedPrincipal) =>
  Principal === undefined || PrincipalType === 'AWS_SERVICE' ? [] : [Principal];

export const esDomain = defineKind({
  id: 'es:domain',
  title: 'OpenSearch or Elasticsearch domain',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html',
  reads: 'access policy, the VPC that it is bound to, accounts with VPC endpoints',
  permissions: ['es:ListDomainNames', 'es:DescribeDomains', 'es:ListVpcEndpointAccess'],
  events: [
    {
      source: 'es.amazonaws.com',
      names: [
        'CreateDomain',
        'UpdateDomainConfig',
        'DeleteDomain',
        'CreateElasticsearchDomain',
        'UpdateElasticsearchDomainConfig',
        'DeleteElasticsearchDomain',
        'AuthorizeVpcEndpointAccess',
        'RevokeVpcEndpointAccess',
      ],
      resource: referenceAt('requestParameters.domainName'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-opensearch');
    return { sdk, client: open(sdk.OpenSearchClient) };
  },

  async *list({ sdk, client }) {
    const { DomainNames = [] } = await client.send(new sdk.ListDomainNamesCommand({}));
    const names = DomainNames.flatMap(({ DomainName }) => DomainName ?? []);
    for (let start = 0; start < names.length; start += domainsAtATime) {
      const some = { DomainNames: names.slice(start, start + domainsAtATime) };
      const { DomainStatusList = [] } = await client.send(new sdk.DescribeDomainsCommand(some));
      yield* DomainStatusList.flatMap(listed);
    }
  },

  async find({ sdk, client }, place, reference) {
    const arn = domainArn(reference, place);
    if (arn === undefined) return undefined;
    const request = { DomainNames: [nameIn(arn, 'domain/')] };
    const { DomainStatusList = [] } = await client.send(new sdk.DescribeDomainsCommand(request));
    return DomainStatusList.flatMap(listed)[0];
  },

  refersTo: (reference, arn, place) => domainArn(reference, place) === arn,

  // Accounts with VPC endpoints of their own come from other networks than the domain's.
  async policy({ sdk, client }, { arn, policy, vpc }) {
    if (!policy) return undefined;
    const own = { name: 'policy', text: policy };
    if (vpc === undefined) return { policies: [own] };
    const request = { DomainName: nameIn(arn, 'domain/') };
    const accounts: string[] = [];
    let token: string | undefined;
    do {
      const command = new sdk.ListVpcEndpointAccessCommand({ ...request, NextToken: token });
      const { AuthorizedPrincipalList = [], NextToken } = await client.send(command);
      accounts.push(...AuthorizedPrincipalList.flatMap(accountOf));
      token = NextToken;
    } while (token);
    if (accounts.length === 0) return { policies: [own, onlyFromVpc(vpc, 'es:ESHttp*')] };
    return { policies: [own, ...(sharedWith(accounts, ['es:CreateVpcEndpoint'], arn)?.policies ?? [])] };
  },
});
