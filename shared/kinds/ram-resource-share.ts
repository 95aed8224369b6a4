import type { Principal } from '@aws-sdk/client-ram';
import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, referenceAt } from './reference.ts';
import { recipient, sharePolicy } from './share.ts';

const shareArn = arnFrom('ram', 'resource-share/');

/** Whom the shares name, within the organization too: how far the zone goes, the decision knows. */
function byShare(principals: readonly Principal[]): ReadonlyMap<string, readonly string[]> {
  const shares = new Map<string, readonly string[]>();
  for (const { resourceShareArn: arn, id } of principals)
    if (arn && id) shares.set(arn, [...(shares.get(arn) ?? []), id]);
  return shares;
}

export const ramResourceShare = defineKind({
  id: 'ram:resource-share',
  title: 'Resource share (RAM)',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html',
  reads: 'principals, and what is shared with them, of every type that RAM can share',
  permissions: ['ram:GetResourceShares', 'ram:ListPrincipals', 'ram:ListResources'],
  events: [
    {
      source: 'ram.amazonaws.com',
      names: [
        'CreateResourceShare',
        'UpdateResourceShare',
        'AssociateResourceShare',
        'DisassociateResourceShare',
        'DeleteResourceShare',
      ],
      resource: referenceAt(
        'requestParameters.resourceShareArn',
        'responseElements.resourceShare.resourceShareArn',
      ),
    },
  ],
  errors: { absent: [], gone: ['UnknownResourceException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ram');
    return { sdk, client: open(sdk.RAMClient) };
  },

  // One list of principals says of all shares whom they reach.
  async *list({ sdk, client }) {
    const paging = { client, pageSize: 500 };
    const pages = sdk.paginateListPrincipals(paging, { resourceOwner: 'SELF' });
    const principalsOf = byShare(await collect(itemsOf(pages, (page) => page.principals)));
    const request = { resourceOwner: 'SELF', resourceShareStatus: 'ACTIVE' } as const;
    const shares = sdk.paginateGetResourceShares(paging, request);
    for await (const { resourceShareArn: arn } of itemsOf(shares, (page) => page.resourceShares))
      if (arn) yield { arn, principals: principalsOf.get(arn) ?? [] };
  },

  async find({ sdk, client }, place, reference) {
    const arn = shareArn(reference, place);
    if (arn === undefined) return undefined;
    const request = { resourceOwner: 'SELF' as const, resourceShareArns: [arn] };
    const pages = sdk.paginateListPrincipals({ client, pageSize: 500 }, request);
    const principals = await collect(itemsOf(pages, (page) => page.principals));
    return { arn, principals: byShare(principals).get(arn) ?? [] };
  },

  refersTo: (reference, arn, place) => shareArn(reference, place) === arn,

  // What the recipients can do is told by managed permissions, type by type: the whole service is the widest of them.
  async policy({ sdk, client }, { arn, principals }) {
    if (principals.length === 0) return undefined;
    const request = { resourceOwner: 'SELF' as const, resourceShareArns: [arn] };
    const pages = sdk.paginateListResources({ client, pageSize: 500 }, request);
    const shared = await collect(itemsOf(pages, (page) => page.resources));
    const statements = [...principals].sort().flatMap((principal) =>
      shared.flatMap(({ arn: Resource, type }) =>
        Resource === undefined
          ? []
          : [
              {
                Effect: 'Allow' as const,
                ...recipient(principal),
                Action: `${type?.split(':', 1)[0]?.toLowerCase() ?? '*'}:*`,
                Resource,
              },
            ],
      ),
    );
    return statements.length > 0 ? { policies: [sharePolicy('share', statements)] } : undefined;
  },
});
