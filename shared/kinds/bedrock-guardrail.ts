import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const guardrailArn = arnFrom('bedrock', 'guardrail/');

export const bedrockGuardrail = defineKind({
  id: 'bedrock:guardrail',
  title: 'Bedrock guardrail',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html',
  reads: 'resource policy',
  permissions: ['bedrock:ListGuardrails', 'bedrock:GetResourcePolicy'],
  events: [
    {
      source: 'bedrock.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'bedrock.amazonaws.com',
      names: ['DeleteGuardrail'],
      resource: referenceAt('requestParameters.guardrailIdentifier'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-bedrock');
    return { sdk, client: open(sdk.BedrockClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListGuardrails({ client, pageSize: 1000 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.guardrails)) if (arn) yield { arn };
  },

  ...knownBy(guardrailArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ resourceArn: arn });
    return opening((await client.send(command)).resourcePolicy);
  },
});
