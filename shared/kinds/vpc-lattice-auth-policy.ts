import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';
import { sharePolicy } from './share.ts';

/** A service (`svc-...`) or a service network (`sn-...`), by its id or ARN. */
const resourceArn = (reference: string, place: Place) => {
  const isNetwork = reference.startsWith('sn-') || reference.includes(':servicenetwork/');
  return arnFrom('vpc-lattice', isNetwork ? 'servicenetwork/' : 'service/')(reference, place);
};

/**
 * What stands in for a policy that is not in force, because the auth type is NONE: whoever calls from a VPC that is
 * associated gets in, signed or not. Who may associate one, shares and their policies tell.
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html
 */
const anyoneFromVpc = sharePolicy('network', [
  {
    Effect: 'Allow',
    Principal: '*',
    Action: 'vpc-lattice-svcs:*',
    Resource: '*',
    Condition: { StringLike: { 'vpc-lattice-svcs:SourceVpc': 'vpc-*' } },
  },
]);

export const vpcLatticeAuthPolicy = defineKind({
  id: 'vpc-lattice:auth-policy',
  title: 'VPC Lattice service or service network',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html',
  reads: 'auth policy, and whether it is in force',
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
    const command = new sdk.GetAuthPolicyCommand({ resourceIdentifier: arn });
    const { policy, state } = await client.send(command);
    return policy && state === 'Inactive' ? { policies: [anyoneFromVpc] } : opening(policy);
  },
});
