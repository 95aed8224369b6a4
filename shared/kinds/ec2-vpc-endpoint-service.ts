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
  reads: 'principals that may connect',
  permissions: ['ec2:DescribeVpcEndpointServiceConfigurations', 'ec2:DescribeVpcEndpointServicePermissions'],
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
  proof: 'wire',

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

  async policy({ sdk, client }, { arn }) {
    const request = { ServiceId: nameIn(arn, 'vpc-endpoint-service/') };
    const pages = sdk.paginateDescribeVpcEndpointServicePermissions({ client, pageSize: 1000 }, request);
    const allowed = await collect(itemsOf(pages, (page) => page.AllowedPrincipals));
    const names = allowed.flatMap(({ Principal }) => Principal ?? []);
    return sharedWith(names, ['ec2:CreateVpcEndpoint'], arn);
  },
});
