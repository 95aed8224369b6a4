import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const snapshotArn = arnFrom('redshift-serverless', 'snapshot/');

export const redshiftServerlessSnapshot = defineKind({
  id: 'redshift-serverless:snapshot',
  title: 'Redshift Serverless snapshot',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshots-recovery-points.html',
  reads: 'resource policy: who may restore it',
  permissions: ['redshift-serverless:ListSnapshots', 'redshift-serverless:GetResourcePolicy'],
  events: [
    {
      source: 'redshift-serverless.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'redshift-serverless.amazonaws.com',
      names: ['DeleteSnapshot'],
      resource: referenceAt('responseElements.snapshot.snapshotArn'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-redshift-serverless');
    return { sdk, client: open(sdk.RedshiftServerlessClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListSnapshots({ client, pageSize: 100 }, {});
    for await (const { snapshotArn: arn } of itemsOf(pages, (page) => page.snapshots)) if (arn) yield { arn };
  },

  ...knownBy(snapshotArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetResourcePolicyCommand({ resourceArn: arn });
    return opening((await client.send(command)).resourcePolicy?.policy);
  },
});
