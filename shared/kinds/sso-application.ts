import type { Application } from '@aws-sdk/client-sso-admin';
import { parseArn } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { referenceAt } from './reference.ts';

/** Applications of AWS's own services have policies that those services write. */
const listed = ({ ApplicationArn: arn, ApplicationProviderArn: provider }: Application) =>
  arn && provider?.includes('applicationProvider/custom') ? [{ arn }] : [];

export const ssoApplication = defineKind({
  id: 'sso:application',
  title: 'IAM Identity Center application',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/singlesignon/latest/userguide/trustedidentitypropagation-using-customermanagedapps-setup.html',
  reads: 'policy of who may ask for tokens in the name of its users',
  permissions: [
    'sso:ListInstances',
    'sso:ListApplications',
    'sso:DescribeApplication',
    'sso:ListApplicationAuthenticationMethods',
  ],
  events: [
    {
      source: 'sso.amazonaws.com',
      names: [
        'PutApplicationAuthenticationMethod',
        'DeleteApplicationAuthenticationMethod',
        'DeleteApplication',
      ],
      resource: referenceAt('requestParameters.applicationArn'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sso-admin');
    return { sdk, client: open(sdk.SSOAdminClient) };
  },

  // The organization's instance is listed in every account.
  async *list({ sdk, client }, { account }) {
    const paging = { client, pageSize: 100 };
    const instances = itemsOf(sdk.paginateListInstances(paging, {}), (page) => page.Instances);
    for await (const { InstanceArn, OwnerAccountId } of instances) {
      if (OwnerAccountId !== account) continue;
      const applications = sdk.paginateListApplications(paging, { InstanceArn });
      for await (const application of itemsOf(applications, (page) => page.Applications))
        yield* listed(application);
    }
  },

  async find({ sdk, client }, { account }, reference) {
    if (parseArn(reference)?.account !== account) return undefined;
    const command = new sdk.DescribeApplicationCommand({ ApplicationArn: reference });
    return listed(await client.send(command))[0];
  },

  refersTo: (reference, arn) => reference === arn,

  async policy({ sdk, client }, { arn }) {
    const pages = sdk.paginateListApplicationAuthenticationMethods({ client }, { ApplicationArn: arn });
    const methods = await collect(itemsOf(pages, (page) => page.AuthenticationMethods));
    const policies = methods.flatMap(({ AuthenticationMethod }) => {
      const policy = AuthenticationMethod?.Iam?.ActorPolicy;
      return policy ? [{ name: 'policy', text: JSON.stringify(policy) }] : [];
    });
    return policies.length > 0 ? { policies } : undefined;
  },
});
