import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const imageArn = arnFrom('appstream', 'image/');

export const appstreamImage = defineKind({
  id: 'appstream:image',
  title: 'WorkSpaces Applications (AppStream 2.0) image',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/appstream2/latest/developerguide/administer-images.html#share-image-with-another-account',
  reads: 'accounts that it is shared with',
  permissions: ['appstream:DescribeImages', 'appstream:DescribeImagePermissions'],
  events: [
    {
      source: 'appstream.amazonaws.com',
      names: ['UpdateImagePermissions', 'DeleteImagePermissions', 'DeleteImage'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-appstream');
    return { sdk, client: open(sdk.AppStreamClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeImages({ client, pageSize: 25 }, { Type: 'PRIVATE' });
    for await (const { Arn: arn } of itemsOf(pages, (page) => page.Images)) if (arn) yield { arn };
  },

  ...knownBy(imageArn),

  async policy({ sdk, client }, { arn }) {
    const request = { Name: nameIn(arn, 'image/') };
    const pages = sdk.paginateDescribeImagePermissions({ client, pageSize: 500 }, request);
    const shares = await collect(itemsOf(pages, (page) => page.SharedImagePermissionsList));
    const names = shares.flatMap(({ sharedAccountId }) => sharedAccountId ?? []);
    return sharedWith(names, ['appstream:CreateFleet', 'appstream:CreateImageBuilder'], arn);
  },
});
