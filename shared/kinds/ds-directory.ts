import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const directoryArn = arnFrom('ds', 'directory/');

const isOver = new Set(['Deleted', 'Deleting', 'Rejected', 'RejectFailed', 'ShareFailed']);

export const dsDirectory = defineKind({
  id: 'ds:directory',
  title: 'Managed Microsoft AD directory',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_directory_sharing.html',
  reads: 'accounts that it is shared with',
  permissions: ['ds:DescribeDirectories', 'ds:DescribeSharedDirectories'],
  events: [
    {
      source: 'ds.amazonaws.com',
      names: ['ShareDirectory', 'UnshareDirectory', 'DeleteDirectory'],
      resource: referenceAt('requestParameters.directoryId'),
    },
  ],
  errors: { absent: [], gone: ['EntityDoesNotExistException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-directory-service');
    return { sdk, client: open(sdk.DirectoryServiceClient) };
  },

  // Only this type can be shared; what is shared with this account is listed as another.
  async *list({ sdk, client }, place) {
    const pages = sdk.paginateDescribeDirectories({ client }, {});
    for await (const { DirectoryId: id, Type } of itemsOf(pages, (page) => page.DirectoryDescriptions)) {
      const arn = id && Type === 'MicrosoftAD' ? directoryArn(id, place) : undefined;
      if (arn) yield { arn };
    }
  },

  ...knownBy(directoryArn),

  async policy({ sdk, client }, { arn }) {
    const request = { OwnerDirectoryId: nameIn(arn, 'directory/') };
    const pages = sdk.paginateDescribeSharedDirectories({ client }, request);
    const shares = await collect(itemsOf(pages, (page) => page.SharedDirectories));
    const names = shares
      .filter(({ ShareStatus }) => !isOver.has(ShareStatus ?? ''))
      .flatMap(({ SharedAccountId }) => SharedAccountId ?? []);
    return sharedWith(names, ['ds:AcceptSharedDirectory', 'ds:DescribeDirectories'], arn);
  },
});
