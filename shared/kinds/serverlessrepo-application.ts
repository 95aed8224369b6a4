import type { ApplicationPolicyStatement } from '@aws-sdk/client-serverlessapplicationrepository';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';
import { recipient, type ShareStatement, sharePolicy } from './share.ts';

const applicationArn = arnFrom('serverlessrepo', 'applications/');

/** One statement for each principal; organizations narrow `*`, the only principal that they stand beside. */
function statementsOf(statement: ApplicationPolicyStatement, Resource: string): readonly ShareStatement[] {
  const { Principals = [], Actions = [], PrincipalOrgIDs: organizations = [] } = statement;
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': organizations } };
  return Principals.map((principal) => ({
    Effect: 'Allow',
    ...recipient(principal),
    Action: Actions.map((action) => `serverlessrepo:${action}`),
    Resource,
    ...(organizations.length > 0 && { Condition }),
  }));
}

export const serverlessrepoApplication = defineKind({
  id: 'serverlessrepo:application',
  title: 'Serverless Application Repository application',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/serverlessrepo/latest/devguide/security_iam_resource-based-policy-examples.html',
  reads: 'application policy',
  permissions: ['serverlessrepo:ListApplications', 'serverlessrepo:GetApplicationPolicy'],
  events: [
    {
      source: 'serverlessrepo.amazonaws.com',
      names: ['PutApplicationPolicy', 'UnshareApplication', 'DeleteApplication'],
      resource: referenceAt('requestParameters.applicationId'),
    },
  ],
  errors: { absent: [], gone: ['NotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-serverlessapplicationrepository');
    return { sdk, client: open(sdk.ServerlessApplicationRepositoryClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListApplications({ client, pageSize: 100 }, {});
    for await (const { ApplicationId: arn } of itemsOf(pages, (page) => page.Applications))
      if (arn) yield { arn };
  },

  ...knownBy(applicationArn),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.GetApplicationPolicyCommand({ ApplicationId: arn });
    const { Statements = [] } = await client.send(command);
    const statements = Statements.flatMap((statement) => statementsOf(statement, arn));
    return statements.length > 0 ? { policies: [sharePolicy('policy', statements)] } : undefined;
  },
});
