import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const imageArn = arnFrom('ec2', 'image/', 'no-account');

export const ec2Image = defineKind({
  id: 'ec2:image',
  title: 'Machine image (AMI)',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html',
  reads: 'accounts, organizations and units that may launch it',
  permissions: ['ec2:DescribeImages', 'ec2:DescribeImageAttribute'],
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: [
        'ModifyImageAttribute',
        'ResetImageAttribute',
        'DeregisterImage',
        'DisableImage',
        'RestoreImageFromRecycleBin',
      ],
      resource: referenceAt('requestParameters.imageId'),
    },
  ],
  errors: {
    absent: [],
    gone: ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'],
    notUsable: [],
  },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ec2');
    return { sdk, client: open(sdk.EC2Client) };
  },

  async *list({ sdk, client }, place) {
    const request = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };
    const pages = sdk.paginateDescribeImages({ client, pageSize: 1000 }, request);
    for await (const { ImageId: id } of itemsOf(pages, (page) => page.Images)) {
      const arn = id && imageArn(id, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(imageArn),

  async policy({ sdk, client }, { arn }) {
    const request = { ImageId: nameIn(arn, 'image/'), Attribute: 'launchPermission' } as const;
    const { LaunchPermissions } = await client.send(new sdk.DescribeImageAttributeCommand(request));
    const names = LaunchPermissions?.flatMap(
      ({ UserId, Group, OrganizationArn, OrganizationalUnitArn }) =>
        UserId ?? Group ?? OrganizationArn ?? OrganizationalUnitArn ?? [],
    );
    return sharedWith(names ?? [], ['ec2:RunInstances', 'ec2:CopyImage'], arn);
  },
});
