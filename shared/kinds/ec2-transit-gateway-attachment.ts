import type { TransitGatewayAttachment } from '@aws-sdk/client-ec2';
import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom } from './reference.ts';
import { sharedWith } from './share.ts';

const attachmentArn = arnFrom('ec2', 'transit-gateway-attachment/');

function listed(attachment: TransitGatewayAttachment, place: Place) {
  const { TransitGatewayAttachmentId: id, TransitGatewayOwnerId, ResourceOwnerId } = attachment;
  const arn = id && attachmentArn(id, place);
  const owners = [TransitGatewayOwnerId, ResourceOwnerId].flatMap((owner) => owner ?? []);
  return arn ? [{ arn, others: owners.filter((owner) => owner !== place.account) }] : [];
}

export const ec2TransitGatewayAttachment = defineKind({
  id: 'ec2:transit-gateway-attachment',
  title: 'Transit gateway attachment',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
  reads: 'the account at the other end, of the gateway or of what is attached, which can route to this one',
  permissions: ['ec2:DescribeTransitGatewayAttachments'],
  // Calls of this sort wrap their parameters under names of their own: the few attachments are all read again.
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: [
        'CreateTransitGatewayVpcAttachment',
        'AcceptTransitGatewayVpcAttachment',
        'DeleteTransitGatewayVpcAttachment',
        'AcceptTransitGatewayPeeringAttachment',
        'DeleteTransitGatewayPeeringAttachment',
      ],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: ['InvalidTransitGatewayAttachmentID.NotFound'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ec2');
    const client = open(sdk.EC2Client);
    // In all other states nothing passes. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-lifecycle
    const attachments = () => {
      const request = { Filters: [{ Name: 'state', Values: ['available', 'modifying'] }] };
      const pages = sdk.paginateDescribeTransitGatewayAttachments({ client, pageSize: 1000 }, request);
      return itemsOf(pages, (page) => page.TransitGatewayAttachments);
    };
    return { attachments };
  },

  async *list({ attachments }, place) {
    for await (const attachment of attachments()) yield* listed(attachment, place);
  },

  async find({ attachments }, place, reference) {
    const arn = attachmentArn(reference, place);
    for await (const attachment of attachments())
      for (const item of listed(attachment, place)) if (item.arn === arn) return item;
    return undefined;
  },

  refersTo: (reference, arn, place) => attachmentArn(reference, place) === arn,

  async policy(_, { arn, others }) {
    return sharedWith(others, ['ec2:CreateTransitGatewayRoute', 'ec2:CreateRoute'], arn);
  },
});
