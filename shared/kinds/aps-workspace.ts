import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const workspaceArn = arnFrom('aps', 'workspace/');

export const apsWorkspace = defineKind({
  id: 'aps:workspace',
  title: 'Managed Prometheus workspace',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-resource-policy.html',
  reads: 'workspace policy',
  permissions: ['aps:ListWorkspaces', 'aps:DescribeResourcePolicy'],
  events: [
    {
      source: 'aps.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteWorkspace'],
      resource: referenceAt('requestParameters.workspaceId'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-amp');
    return { sdk, client: open(sdk.AmpClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListWorkspaces({ client, pageSize: 1000 }, {});
    for await (const { arn } of itemsOf(pages, (page) => page.workspaces)) if (arn) yield { arn };
  },

  ...knownBy(workspaceArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.DescribeResourcePolicyCommand({ workspaceId: nameIn(arn, 'workspace/') });
    return opening((await client.send(command)).policyDocument);
  },
});
