import { defineKind } from './kind.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const aliasArn = arnFrom('workspaces', 'connectionalias/');

export const workspacesConnectionAlias = defineKind({
  id: 'workspaces:connection-alias',
  title: 'WorkSpaces connection alias',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/workspaces/latest/adminguide/cross-region-redirection.html',
  reads: 'the account that may answer for its name',
  permissions: ['workspaces:DescribeConnectionAliases', 'workspaces:DescribeConnectionAliasPermissions'],
  events: [
    {
      source: 'workspaces.amazonaws.com',
      names: ['UpdateConnectionAliasPermission', 'DeleteConnectionAlias'],
      resource: referenceAt('requestParameters.aliasId'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-workspaces');
    return { sdk, client: open(sdk.WorkSpacesClient) };
  },

  // Aliases of other accounts are listed too. The SDK has no paginators for these calls.
  async *list({ sdk, client }, place) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(new sdk.DescribeConnectionAliasesCommand({ Limit: 25, NextToken }));
      for (const { AliasId, OwnerAccountId } of page.ConnectionAliases ?? []) {
        const arn = AliasId && OwnerAccountId === place.account ? aliasArn(AliasId, place) : undefined;
        if (arn) yield { arn };
      }
      NextToken = page.NextToken;
    } while (NextToken);
  },

  ...knownBy(aliasArn),

  async policy({ sdk, client }, { arn }) {
    const AliasId = nameIn(arn, 'connectionalias/');
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const command = new sdk.DescribeConnectionAliasPermissionsCommand({ AliasId, NextToken });
      const page = await client.send(command);
      for (const { SharedAccountId, AllowAssociation } of page.ConnectionAliasPermissions ?? [])
        if (SharedAccountId && AllowAssociation) names.push(SharedAccountId);
      NextToken = page.NextToken;
    } while (NextToken);
    return sharedWith(names, ['workspaces:AssociateConnectionAlias'], arn);
  },
});
