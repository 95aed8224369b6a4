import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

/** A service (`svc-...`) or a service network (`sn-...`), by its id or ARN. */
const resourceArn = (reference: string, place: Place) => {
  const isNetwork = reference.startsWith('sn-') || reference.includes(':servicenetwork/');
  return arnFrom('vpc-lattice', isNetwork ? 'servicenetwork/' : 'service/')(reference, place);
};

export const vpcLatticeAuthPolicy = defineKind({
  id: 'vpc-lattice:auth-policy',
  title: 'VPC Lattice service or service network',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html',
  reads: 'auth policy',
  permissions: ['vpc-lattice:ListServices', 'vpc-lattice:ListServiceNetworks', 'vpc-lattice:GetAuthPolicy'],
  events: [
    {
      source: 'vpc-lattice.amazonaws.com',
      names: ['PutAuthPolicy', 'DeleteAuthPolicy'],
      resource: referenceAt('requestParameters.resourceIdentifier'),
    },
    {
      source: 'vpc-lattice.amazonaws.com',
      names: ['UpdateService', 'DeleteService'],
      resource: referenceAt('requestParameters.serviceIdentifier'),
    },
    {
      source: 'vpc-lattice.amazonaws.com',
      names: ['UpdateServiceNetwork', 'DeleteServiceNetwork'],
      resource: referenceAt('requestParameters.serviceNetworkIdentifier'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-vpc-lattice');
    return { sdk, client: open(sdk.VPCLatticeClient) };
  },

  // What other accounts share is listed too.
  async *list({ sdk, client }, place) {
    const paging = { client, pageSize: 100 };
    const services = itemsOf(sdk.paginateListServices(paging, {}), (page) => page.items);
    for await (const { arn } of services) if (arn && resourceArn(arn, place)) yield { arn };
    const networks = itemsOf(sdk.paginateListServiceNetworks(paging, {}), (page) => page.items);
    for await (const { arn } of networks) if (arn && resourceArn(arn, place)) yield { arn };
  },

  ...knownBy(resourceArn),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetAuthPolicyCommand({ resourceIdentifier: arn }))).policy);
  },
});
