import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { onceAPlace } from './reference.ts';

export const glueCatalog = defineKind({
  id: 'glue:catalog',
  title: 'Glue Data Catalog',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html',
  reads: 'catalog policy, and those that shares of Lake Formation add',
  permissions: ['glue:GetResourcePolicies'],
  events: [
    {
      source: 'glue.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: () => 'catalog',
    },
    {
      source: 'lakeformation.amazonaws.com',
      names: ['GrantPermissions', 'RevokePermissions', 'BatchGrantPermissions', 'BatchRevokePermissions'],
      resource: () => 'catalog',
    },
  ],
  errors: { absent: ['EntityNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-glue');
    return { sdk, client: open(sdk.GlueClient) };
  },

  ...onceAPlace('glue', 'catalog'),

  async policy({ sdk, client }) {
    const pages = sdk.paginateGetResourcePolicies({ client, pageSize: 100 }, {});
    const answers = await collect(itemsOf(pages, (page) => page.GetResourcePoliciesResponseList));
    const texts = answers.flatMap(({ PolicyInJson }) => PolicyInJson || []).sort();
    const policies = texts.map((text, index) => ({
      name: index === 0 ? 'policy' : `policy:${index + 1}`,
      text,
    }));
    return policies.length > 0 ? { policies } : undefined;
  },
});
