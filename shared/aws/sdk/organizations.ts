export {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  OrganizationsClient,
  paginateListPolicies,
  paginateListTagsForResource,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
