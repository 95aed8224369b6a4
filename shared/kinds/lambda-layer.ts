import type { Place } from '../iam/place.ts';
import { unlessAbsent } from './absence.ts';
import { defineKind, type KindPolicy } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const anyLayerArn = arnFrom('lambda', 'layer:');

/** The layer of a name, of its own ARN, or of the ARN of a version. */
function layerArn(reference: string, place: Place): string | undefined {
  const arn = anyLayerArn(reference, place);
  return arn && anyLayerArn(nameIn(arn, 'layer:').replace(/:\d+$/, ''), place);
}

export const lambdaLayer = defineKind({
  id: 'lambda:layer',
  title: 'Lambda layer',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html',
  reads: 'policies of its versions',
  permissions: ['lambda:ListLayers', 'lambda:ListLayerVersions', 'lambda:GetLayerVersionPolicy'],
  events: [
    {
      source: 'lambda.amazonaws.com',
      names: [
        { prefix: 'AddLayerVersionPermission' },
        { prefix: 'RemoveLayerVersionPermission' },
        { prefix: 'DeleteLayerVersion' },
      ],
      resource: referenceAt('requestParameters.layerName'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-lambda');
    return { sdk, client: open(sdk.LambdaClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListLayers({ client, pageSize: 50 }, {});
    for await (const { LayerArn: arn } of itemsOf(pages, (page) => page.Layers)) if (arn) yield { arn };
  },

  ...knownBy(layerArn),

  async policy({ sdk, client }, { arn }) {
    const LayerName = nameIn(arn, 'layer:');
    const pages = sdk.paginateListLayerVersions({ client, pageSize: 50 }, { LayerName });
    const policies: KindPolicy[] = [];
    for await (const { Version: VersionNumber } of itemsOf(pages, (page) => page.LayerVersions)) {
      const command = new sdk.GetLayerVersionPolicyCommand({ LayerName, VersionNumber });
      const text = (await unlessAbsent(['ResourceNotFoundException'], client.send(command)))?.Policy;
      if (text) policies.push({ name: `policy:${VersionNumber}`, text });
    }
    return policies.length > 0 ? { policies } : undefined;
  },
});
