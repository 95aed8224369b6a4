import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { onceAPlace } from './reference.ts';

export const xrayResourcePolicy = defineKind({
  id: 'xray:resource-policy',
  title: 'X-Ray resource policies',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/xray/latest/api/API_PutResourcePolicy.html',
  reads: 'the resource policies of the account in a region',
  permissions: ['xray:ListResourcePolicies'],
  events: [
    {
      source: 'xray.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-xray');
    return { sdk, client: open(sdk.XRayClient) };
  },

  // They have names and no ARNs, and all of them apply to all traces together.
  ...onceAPlace('xray', '*'),

  async policy({ sdk, client }) {
    const pages = sdk.paginateListResourcePolicies({ client }, {});
    const policies = (await collect(itemsOf(pages, (page) => page.ResourcePolicies))).flatMap(
      ({ PolicyName, PolicyDocument: text }) => (text ? [{ name: `policy:${PolicyName}`, text }] : []),
    );
    return policies.length > 0 ? { policies } : undefined;
  },
});
