import { defineKind } from './kind.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const imageArn = arnFrom('workspaces', 'workspaceimage/');

export const workspacesImage = defineKind({
  id: 'workspaces:image',
  title: 'WorkSpaces image',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/workspaces/latest/adminguide/share-custom-image.html',
  reads: 'accounts that it is shared with',
  permissions: ['workspaces:DescribeWorkspaceImages', 'workspaces:DescribeWorkspaceImagePermissions'],
  events: [
    {
      source: 'workspaces.amazonaws.com',
      names: ['UpdateWorkspaceImagePermission', 'DeleteWorkspaceImage'],
      resource: referenceAt('requestParameters.imageId'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-workspaces');
    return { sdk, client: open(sdk.WorkSpacesClient) };
  },

  // The SDK has no paginators for these calls.
  async *list({ sdk, client }, place) {
    let NextToken: string | undefined;
    do {
      const command = new sdk.DescribeWorkspaceImagesCommand({
        ImageType: 'OWNED',
        MaxResults: 25,
        NextToken,
      });
      const page = await client.send(command);
      for (const { ImageId } of page.Images ?? []) {
        const arn = ImageId && imageArn(ImageId, place);
        if (arn) yield { arn };
      }
      NextToken = page.NextToken;
    } while (NextToken);
  },

  ...knownBy(imageArn),

  async policy({ sdk, client }, { arn }) {
    const request = { ImageId: nameIn(arn, 'workspaceimage/'), MaxResults: 25 };
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const command = new sdk.DescribeWorkspaceImagePermissionsCommand({ ...request, NextToken });
      const page = await client.send(command);
      names.push(...(page.ImagePermissions ?? []).flatMap(({ SharedAccountId }) => SharedAccountId ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return sharedWith(names, ['workspaces:CopyWorkspaceImage'], arn);
  },
});
