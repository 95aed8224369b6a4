import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const serviceArn = arnFrom('ec2', 'vpc-endpoint-service/');

export const ec2VpcEndpointService = defineKind({
  id: 'ec2:vpc-endpoint-service',
  title: 'VPC endpoint service',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html',
  reads: 'principals that may connect, and accounts that are connected',
  permissions: [
    'ec2:DescribeVpcEndpointServiceConfigurations',
    'ec2:DescribeVpcEndpointServicePermissions',
    'ec2:DescribeVpcEndpointConnections',
  ],
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: ['ModifyVpcEndpointServicePermissions'],
      resource: referenceAt(
        'requestParameters.ModifyVpcEndpointServicePermissionsRequest.ServiceId',
        'requestParameters.serviceId',
      ),
    },
    {
      source: 'ec2.amazonaws.com',
      names: ['DeleteVpcEndpointServiceConfigurations'],
      resource: () => 'every',
    },
  ],
  errors: {
    absent: [],
    gone: ['InvalidVpcEndpointServiceId.NotFound', 'InvalidVpcEndpointService.NotFound'],
    notUsable: [],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: open(sdk.EC2Client) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateDescribeVpcEndpointServiceConfigurations({ client, pageSize: 1000 }, {});
    for await (const { ServiceId: id } of itemsOf(pages, (page) => page.ServiceConfigurations)) {
      const arn = id && serviceArn(id, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(serviceArn),

  // A connection that was accepted outlives the permission to make it.
  async policy({ sdk, client }, { arn }) {
    const id = nameIn(arn, 'vpc-endpoint-service/');
    const paging = { client, pageSize: 1000 };
    const permissions = sdk.paginateDescribeVpcEndpointServicePermissions(paging, { ServiceId: id });
    const allowed = await collect(itemsOf(permissions, (page) => page.AllowedPrincipals));
    const pages = sdk.paginateDescribeVpcEndpointConnections(paging, {
      Filters: [
        { Name: 'service-id', Values: [id] },
        { Name: 'vpc-endpoint-state', Values: ['available'] },
      ],
    });
    const connected = await collect(itemsOf(pages, (page) => page.VpcEndpointConnections));
    const policiesOf = (name: string, names: readonly string[]) =>
      sharedWith(names, ['ec2:CreateVpcEndpoint'], arn, name)?.policies ?? [];
    const policies = [
      ...policiesOf(
        'share',
        allowed.flatMap(({ Principal }) => Principal ?? []),
      ),
      ...policiesOf(
        'connections',
        connected.flatMap(({ VpcEndpointOwner }) => VpcEndpointOwner ?? []),
      ),
    ];
    return policies.length > 0 ? { policies } : undefined;
  },
});
