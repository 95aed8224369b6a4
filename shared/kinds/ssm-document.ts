import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const documentArn = arnFrom('ssm', 'document/');

export const ssmDocument = defineKind({
  id: 'ssm:document',
  title: 'Systems Manager document',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
  reads: 'accounts that may use it',
  permissions: ['ssm:ListDocuments', 'ssm:DescribeDocumentPermission'],
  events: [
    {
      source: 'ssm.amazonaws.com',
      names: ['ModifyDocumentPermission', 'DeleteDocument'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: [], gone: ['InvalidDocument'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ssm');
    return { sdk, client: open(sdk.SSMClient) };
  },

  async *list({ sdk, client }, place) {
    const request = { Filters: [{ Key: 'Owner', Values: ['Self'] }] };
    const pages = sdk.paginateListDocuments({ client, pageSize: 50 }, request);
    for await (const { Name: name } of itemsOf(pages, (page) => page.DocumentIdentifiers)) {
      const arn = name && documentArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(documentArn),

  // The SDK has no paginator for this call.
  async policy({ sdk, client }, { arn }) {
    const request = { Name: nameIn(arn, 'document/'), PermissionType: 'Share' } as const;
    const names: string[] = [];
    let token: string | undefined;
    do {
      const command = new sdk.DescribeDocumentPermissionCommand({ ...request, NextToken: token });
      const page = await client.send(command);
      names.push(...(page.AccountIds ?? []));
      token = page.NextToken;
    } while (token);
    return sharedWith(names, ['ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:SendCommand'], arn);
  },
});
