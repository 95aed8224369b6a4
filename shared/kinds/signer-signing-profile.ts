import type { Permission } from '@aws-sdk/client-signer';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { recipient, sharePolicy } from './share.ts';

const profileArn = arnFrom('signer', '/signing-profiles/');

export const signerSigningProfile = defineKind({
  id: 'signer:signing-profile',
  title: 'Signer signing profile',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/signer/latest/developerguide/signing-profile-cross-account.html',
  reads: 'permissions of accounts to sign, look and revoke',
  permissions: ['signer:ListSigningProfiles', 'signer:ListProfilePermissions'],
  events: [
    {
      source: 'signer.amazonaws.com',
      names: ['AddProfilePermission', 'RemoveProfilePermission', 'CancelSigningProfile'],
      resource: referenceAt('requestParameters.profileName'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-signer');
    return { sdk, client: open(sdk.SignerClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListSigningProfiles({ client, pageSize: 25 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.profiles)) if (arn) yield { arn };
  },

  ...knownBy(profileArn),

  // The SDK has no paginator for this call.
  async policy({ sdk, client }, { arn: Resource }) {
    const profileName = nameIn(Resource, '/signing-profiles/');
    const permissions: Permission[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new sdk.ListProfilePermissionsCommand({ profileName, nextToken }));
      permissions.push(...(page.permissions ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    const statements = permissions.flatMap(({ principal, action: Action }) =>
      principal && Action ? [{ Effect: 'Allow' as const, ...recipient(principal), Action, Resource }] : [],
    );
    return statements.length > 0 ? { policies: [sharePolicy('permissions', statements)] } : undefined;
  },
});
