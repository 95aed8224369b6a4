import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const groupArn = arnFrom('codebuild', 'report-group/');

export const codebuildReportGroup = defineKind({
  id: 'codebuild:report-group',
  title: 'CodeBuild report group',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/codebuild/latest/userguide/report-groups-sharing.html',
  reads: 'resource policy',
  permissions: ['codebuild:ListReportGroups', 'codebuild:GetResourcePolicy'],
  events: [
    {
      source: 'codebuild.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'codebuild.amazonaws.com',
      names: ['DeleteReportGroup'],
      resource: referenceAt('requestParameters.arn'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-codebuild');
    return { sdk, client: open(sdk.CodeBuildClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListReportGroups({ client, pageSize: 100 }, {});
    for await (const arn of itemsOf(pages, (page) => page.reportGroups)) yield { arn };
  },

  ...knownBy(groupArn),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetResourcePolicyCommand({ resourceArn: arn }))).policy);
  },
});
