import type { VpcPeeringConnection } from '@aws-sdk/client-ec2';
import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const peeringArn = arnFrom('ec2', 'vpc-peering-connection/');

function listed(peering: VpcPeeringConnection, place: Place) {
  const { VpcPeeringConnectionId: id, RequesterVpcInfo, AccepterVpcInfo } = peering;
  const arn = id && peeringArn(id, place);
  const owners = [RequesterVpcInfo, AccepterVpcInfo].flatMap((side) => side?.OwnerId ?? []);
  return arn ? [{ arn, others: owners.filter((owner) => owner !== place.account) }] : [];
}

export const ec2VpcPeeringConnection = defineKind({
  id: 'ec2:vpc-peering-connection',
  title: 'VPC peering connection',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html',
  reads: 'the account of the other VPC, which can route to this one',
  permissions: ['ec2:DescribeVpcPeeringConnections'],
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: ['AcceptVpcPeeringConnection', 'DeleteVpcPeeringConnection'],
      resource: referenceAt('requestParameters.vpcPeeringConnectionId'),
    },
  ],
  errors: { absent: [], gone: ['InvalidVpcPeeringConnectionID.NotFound'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: open(sdk.EC2Client) };
  },

  // What waits for an answer, or is over, connects nothing.
  async *list({ sdk, client }, place) {
    const request = { Filters: [{ Name: 'status-code', Values: ['active'] }] };
    const pages = sdk.paginateDescribeVpcPeeringConnections({ client, pageSize: 1000 }, request);
    for await (const peering of itemsOf(pages, (page) => page.VpcPeeringConnections))
      yield* listed(peering, place);
  },

  async find({ sdk, client }, place, reference) {
    const arn = peeringArn(reference, place);
    if (arn === undefined) return undefined;
    const request = { VpcPeeringConnectionIds: [nameIn(arn, 'vpc-peering-connection/')] };
    const command = new sdk.DescribeVpcPeeringConnectionsCommand(request);
    const { VpcPeeringConnections: [peering] = [] } = await client.send(command);
    return peering?.Status?.Code === 'active' ? listed(peering, place)[0] : undefined;
  },

  refersTo: (reference, arn, place) => peeringArn(reference, place) === arn,

  async policy(_, { arn, others }) {
    return sharedWith(others, ['ec2:CreateRoute'], arn);
  },
});
