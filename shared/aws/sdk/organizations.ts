export {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  OrganizationsClient,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
