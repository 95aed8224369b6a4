import { defineKind } from './kind.ts';
import { opening } from './opening.ts';

export const organizationsResourcePolicy = defineKind({
  id: 'organizations:resource-policy',
  title: 'Delegation policy of the organization',
  reach: 'global',
  documentation: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate.html',
  reads: 'who may manage policies and accounts of the organization in its stead',
  permissions: ['organizations:DescribeOrganization', 'organizations:DescribeResourcePolicy'],
  events: [
    {
      source: 'organizations.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: () => 'every',
    },
  ],
  errors: {
    absent: ['ResourcePolicyNotFoundException'],
    gone: [],
    notUsable: ['AWSOrganizationsNotInUseException'],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-organizations');
    const client = open(sdk.OrganizationsClient);
    // There is one, and only the management account and its delegates may see it.
    const ofAccount = async (account: string) => {
      const { Organization } = await client.send(new sdk.DescribeOrganizationCommand({}));
      const { Arn: arn, MasterAccountId } = Organization ?? {};
      return arn && MasterAccountId === account ? [{ arn }] : [];
    };
    return { sdk, client, ofAccount };
  },

  async *list({ ofAccount }, { account }) {
    yield* await ofAccount(account);
  },

  async find({ ofAccount }, { account }) {
    return (await ofAccount(account))[0];
  },

  refersTo: () => true,

  async policy({ sdk, client }) {
    const { ResourcePolicy } = await client.send(new sdk.DescribeResourcePolicyCommand({}));
    return opening(ResourcePolicy?.Content);
  },
});
