import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const projectArn = arnFrom('codebuild', 'project/');

export const codebuildProject = defineKind({
  id: 'codebuild:project',
  title: 'CodeBuild project',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/codebuild/latest/userguide/project-sharing.html',
  reads: 'resource policy; not whether builds are public, for that is told with environment variables',
  permissions: ['codebuild:ListProjects', 'codebuild:GetResourcePolicy'],
  events: [
    {
      source: 'codebuild.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'codebuild.amazonaws.com',
      names: ['DeleteProject'],
      resource: referenceAt('requestParameters.name'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-codebuild');
    return { sdk, client: open(sdk.CodeBuildClient) };
  },

  async *list({ sdk, client }, place) {
    for await (const name of itemsOf(sdk.paginateListProjects({ client }, {}), (page) => page.projects)) {
      const arn = projectArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(projectArn),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetResourcePolicyCommand({ resourceArn: arn }))).policy);
  },
});
