import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharePolicy } from './share.ts';

const poolArn = arnFrom('cognito-identity', 'identitypool/');

export const cognitoIdentityIdentityPool = defineKind({
  id: 'cognito-identity:identity-pool',
  title: 'Cognito identity pool',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html',
  reads: 'whether it gives credentials or tokens to guests, who do not log in',
  permissions: [
    'cognito-identity:ListIdentityPools',
    'cognito-identity:DescribeIdentityPool',
    'cognito-identity:GetIdentityPoolRoles',
  ],
  events: [
    {
      source: 'cognito-identity.amazonaws.com',
      names: ['CreateIdentityPool', 'UpdateIdentityPool', 'SetIdentityPoolRoles', 'DeleteIdentityPool'],
      resource: referenceAt('requestParameters.identityPoolId', 'responseElements.identityPoolId'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cognito-identity');
    return { sdk, client: open(sdk.CognitoIdentityClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListIdentityPools({ client, pageSize: 60 }, { MaxResults: 60 });
    for await (const { IdentityPoolId } of itemsOf(pages, (page) => page.IdentityPools)) {
      const arn = IdentityPoolId && poolArn(IdentityPoolId, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(poolArn),

  // A guest gets credentials of the role for guests, or, in the older way, a token to take to STS.
  async policy({ sdk, client }, { arn: Resource }) {
    const request = { IdentityPoolId: nameIn(Resource, 'identitypool/') };
    const pool = await client.send(new sdk.DescribeIdentityPoolCommand(request));
    if (!pool.AllowUnauthenticatedIdentities) return undefined;
    const { Roles } = await client.send(new sdk.GetIdentityPoolRolesCommand(request));
    const Action = [
      ...(Roles?.unauthenticated ? ['cognito-identity:GetCredentialsForIdentity'] : []),
      ...(pool.AllowClassicFlow ? ['cognito-identity:GetOpenIdToken'] : []),
    ];
    if (Action.length === 0) return undefined;
    return { policies: [sharePolicy('guests', [{ Effect: 'Allow', Principal: '*', Action, Resource }])] };
  },
});
