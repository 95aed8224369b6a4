import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const registryArn = arnFrom('schemas', 'registry/');

export const schemasRegistry = defineKind({
  id: 'schemas:registry',
  title: 'EventBridge schema registry',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-registry.html',
  reads: 'registry policy',
  permissions: ['schemas:ListRegistries', 'schemas:GetResourcePolicy'],
  events: [
    {
      source: 'schemas.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteRegistry'],
      resource: referenceAt('requestParameters.registryName'),
    },
  ],
  errors: { absent: ['NotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-schemas');
    return { sdk, client: open(sdk.SchemasClient) };
  },

  // The registry of AWS's own events is listed in another scope.
  async *list({ sdk, client }) {
    const pages = sdk.paginateListRegistries({ client, pageSize: 100 }, { Scope: 'LOCAL' });
    for await (const { RegistryArn: arn } of itemsOf(pages, (page) => page.Registries))
      if (arn) yield { arn };
  },

  ...knownBy(registryArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ RegistryName: nameIn(arn, 'registry/') });
    return opening((await client.send(command)).Policy?.toString());
  },
});
