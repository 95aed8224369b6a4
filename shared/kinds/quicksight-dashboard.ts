import { unlessAbsent } from './absence.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharePolicy } from './share.ts';

const dashboardArn = arnFrom('quicksight', 'dashboard/');

/** Everyone who has the link. https://docs.aws.amazon.com/quicksight/latest/user/share-a-dashboard-grant-access-anyone-api.html */
const everyone = ':publicAnonymousUser/*';

export const quicksightDashboard = defineKind({
  id: 'quicksight:dashboard',
  title: 'QuickSight dashboard',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/quicksight/latest/user/share-a-dashboard-grant-access-anyone.html',
  reads: 'whether anyone with the link sees it, and whether the account allows that',
  permissions: [
    'quicksight:ListDashboards',
    'quicksight:DescribeDashboardPermissions',
    'quicksight:DescribeAccountSettings',
  ],
  events: [
    {
      source: 'quicksight.amazonaws.com',
      names: ['CreateDashboard', 'UpdateDashboardPermissions', 'DeleteDashboard'],
      resource: referenceAt('requestParameters.dashboardId'),
    },
    {
      source: 'quicksight.amazonaws.com',
      names: ['UpdatePublicSharingSettings'],
      resource: () => 'every',
      everyRegion: true,
    },
  ],
  // "Not found" of the list is an account without a subscription.
  errors: {
    absent: [],
    gone: [],
    notUsable: ['ResourceNotFoundException', 'UnsupportedUserEditionException'],
  },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open, { account: AwsAccountId }) {
    const sdk = await import('@aws-sdk/client-quicksight');
    const client = open(sdk.QuickSightClient);
    let settings: Promise<boolean> | undefined;
    const allowsPublic = () => {
      settings ??= client
        .send(new sdk.DescribeAccountSettingsCommand({ AwsAccountId }))
        .then(({ AccountSettings }) => AccountSettings?.PublicSharingEnabled === true);
      return settings;
    };
    return { sdk, client, allowsPublic };
  },

  async *list({ sdk, client }, { account: AwsAccountId }) {
    const pages = sdk.paginateListDashboards({ client, pageSize: 100 }, { AwsAccountId });
    for await (const { Arn: arn } of itemsOf(pages, (page) => page.DashboardSummaryList))
      if (arn) yield { arn };
  },

  ...knownBy(dashboardArn),

  // All other permissions are those of users, groups and namespaces of the account itself.
  async policy({ sdk, client, allowsPublic }, { arn }, { account: AwsAccountId }) {
    const request = { AwsAccountId, DashboardId: nameIn(arn, 'dashboard/') };
    const answer = client.send(new sdk.DescribeDashboardPermissionsCommand(request));
    const links = (await unlessAbsent(['ResourceNotFoundException'], answer))?.LinkSharingConfiguration;
    const open = links?.Permissions?.filter(({ Principal }) => Principal?.endsWith(everyone)) ?? [];
    const Action = open.flatMap(({ Actions }) => Actions ?? []);
    if (Action.length === 0 || !(await allowsPublic())) return undefined;
    return { policies: [sharePolicy('link', [{ Effect: 'Allow', Principal: '*', Action, Resource: arn }])] };
  },
});
