import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const fileSystemArn = arnFrom('elasticfilesystem', 'file-system/');

export const elasticfilesystemFileSystem = defineKind({
  id: 'elasticfilesystem:file-system',
  title: 'EFS file system',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html',
  reads: 'file system policy',
  permissions: ['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeFileSystemPolicy'],
  events: [
    {
      source: 'elasticfilesystem.amazonaws.com',
      names: ['PutFileSystemPolicy', 'DeleteFileSystemPolicy', 'DeleteFileSystem'],
      resource: referenceAt('requestParameters.fileSystemId'),
    },
  ],
  errors: { absent: ['PolicyNotFound'], gone: ['FileSystemNotFound'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-efs');
    return { sdk, client: open(sdk.EFSClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateDescribeFileSystems({ client, pageSize: 100 }, {});
    for await (const { FileSystemId: id } of itemsOf(pages, (page) => page.FileSystems)) {
      const arn = id && fileSystemArn(id, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(fileSystemArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.DescribeFileSystemPolicyCommand({ FileSystemId: nameIn(arn, 'file-system/') });
    return opening((await client.send(command)).Policy);
  },
});
