import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

const [iam, organizations, sns, sts] = [
  new IAMClient({}),
  new OrganizationsClient({}),
  new SNSClient({}),
  new STSClient({}),
];

/** What a first version of such a function does: every client is made before anything is asked. */
export async function handler(): Promise<void> {
  await sts.send(new AssumeRoleCommand({ RoleArn: '', RoleSessionName: '' }));
  await organizations.send(new ListAccountsCommand({}));
  await iam.send(new ListRolesCommand({}));
  await sns.send(new PublishCommand({ Message: '' }));
}
