import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { onceAPlace } from './reference.ts';

export const ecrRegistry = defineKind({
  id: 'ecr:registry',
  title: 'ECR registry',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html',
  reads: 'registry policy: who replicates into it',
  permissions: ['ecr:GetRegistryPolicy'],
  events: [
    {
      source: 'ecr.amazonaws.com',
      names: ['PutRegistryPolicy', 'DeleteRegistryPolicy'],
      resource: () => 'every',
    },
  ],
  errors: { absent: ['RegistryPolicyNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ecr');
    return { sdk, client: open(sdk.ECRClient) };
  },

  // A registry has no ARN of its own; its policy speaks of its repositories.
  ...onceAPlace('ecr', 'repository/*'),

  async policy({ sdk, client }) {
    return opening((await client.send(new sdk.GetRegistryPolicyCommand({}))).policyText);
  },
});
