import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownByArn, referenceAt } from './reference.ts';

const anyArn = arnFrom('vpc-lattice', '');

export const vpcLatticeResourcePolicy = defineKind({
  id: 'vpc-lattice:resource-policy',
  title: 'VPC Lattice service, service network or resource configuration',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutResourcePolicy.html',
  reads: 'resource policy: who may associate it',
  permissions: [
    'vpc-lattice:ListServices',
    'vpc-lattice:ListServiceNetworks',
    'vpc-lattice:ListResourceConfigurations',
    'vpc-lattice:GetResourcePolicy',
  ],
  events: [
    {
      source: 'vpc-lattice.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'vpc-lattice.amazonaws.com',
      names: ['DeleteService', 'DeleteServiceNetwork', 'DeleteResourceConfiguration'],
      resource: referenceAt(
        'requestParameters.serviceIdentifier',
        'requestParameters.serviceNetworkIdentifier',
        'requestParameters.resourceConfigurationIdentifier',
      ),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-vpc-lattice');
    return { sdk, client: open(sdk.VPCLatticeClient) };
  },

  // What other accounts share is listed too.
  async *list({ sdk, client }, place) {
    const paging = { client, pageSize: 100 };
    const lists = [
      itemsOf(sdk.paginateListServices(paging, {}), (page) => page.items),
      itemsOf(sdk.paginateListServiceNetworks(paging, {}), (page) => page.items),
      itemsOf(sdk.paginateListResourceConfigurations(paging, {}), (page) => page.items),
    ];
    for (const items of lists)
      for await (const { arn } of items) if (arn && anyArn(arn, place)) yield { arn };
  },

  ...knownByArn('vpc-lattice'),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetResourcePolicyCommand({ resourceArn: arn }))).policy);
  },
});
