import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { AttachedPolicy } from '../app/controls.ts';
import type { Account, Organization } from '../app/ports.ts';
import { OperationError } from '../errors.ts';
import { homeRegion, partitionOf } from '../iam/place.ts';
import { collect, itemsOf } from '../kinds/pages.ts';
import type { CallSettings } from './client-settings.ts';
import { failureText, requireCredentials, unreadFrom } from './failure.ts';
import { lazy } from './lazy.ts';
import type { Recording } from './recording.ts';

export interface OrganizationSettings {
  /** Any region of the partition: Organizations is called in its home region. */
  readonly region: string;
  readonly calls: CallSettings;
  readonly credentials?: AwsCredentialIdentityProvider;
  readonly recording?: Recording;
}

/** As AWS answers, in whichever of its forms. */
interface ListedAccount {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
  /** Retired in September 2026; `State` tells more. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
  readonly Status?: string | undefined;
  readonly State?: string | undefined;
  readonly Paths?: readonly string[] | undefined;
  readonly JoinedTimestamp?: Date | undefined;
}

const accountOf = ({
  Id = '',
  Name = '',
  State,
  Status,
  Paths = [],
  JoinedTimestamp: joined,
}: ListedAccount): Account => ({
  id: Id,
  name: Name,
  state: State ?? Status ?? 'UNKNOWN',
  paths: Paths,
  ...(joined && { joinedAt: new Date(joined).toISOString() }),
});

/** The organization has no resource control policies, or has not switched them on. */
const notThere = new Set(['PolicyTypeNotAvailableForOrganizationException', 'PolicyTypeNotEnabledException']);

interface Connection {
  readonly sdk: typeof import('./sdk/organizations.ts');
  readonly client: OrganizationsClient;
}

/** Every resource control policy, also the one that AWS attaches everywhere, which allows all. */
const listedPolicies = ({ sdk, client }: Connection) =>
  itemsOf(
    sdk.paginateListPolicies({ client }, { Filter: 'RESOURCE_CONTROL_POLICY' }),
    (page) => page.Policies,
  );

/** Every resource control policy of the organization's own, with its text and what it is attached to. */
async function attachedPolicies(connection: Connection): Promise<readonly AttachedPolicy[]> {
  const { sdk, client } = connection;
  const attached: AttachedPolicy[] = [];
  for await (const { Id, Name = '', AwsManaged } of listedPolicies(connection)) {
    if (AwsManaged || Id === undefined) continue;
    const pages = sdk.paginateListTargetsForPolicy({ client }, { PolicyId: Id });
    const targets = await collect(itemsOf(pages, (page) => page.Targets));
    if (targets.length === 0) continue;
    const { Policy } = await client.send(new sdk.DescribePolicyCommand({ PolicyId: Id }));
    attached.push({
      name: Name,
      text: Policy?.Content ?? '',
      targets: targets.flatMap(({ TargetId }) => TargetId ?? []),
    });
  }
  return attached;
}

function unreadable(error: unknown): OperationError {
  requireCredentials(error);
  const what = `the organization cannot be read (${failureText(error)})`;
  const remedy =
    (error as Error).name === 'AWSOrganizationsNotInUseException'
      ? 'trustwatch watches the accounts of an AWS organization: make one, or call from an account of one'
      : 'call from the management account or from a delegated administrator, as deploy/README.md says';
  return new OperationError(what, remedy, { cause: error });
}

/**
 * The organization of the caller. A page may be empty and not the last.
 * @throws OperationError where it cannot be read: there is nothing to audit then
 */
export function awsOrganization({
  region,
  calls,
  credentials,
  recording,
}: OrganizationSettings): Organization {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/organizations.ts');
    const home = homeRegion(partitionOf(region));
    const client = new sdk.OrganizationsClient({
      ...calls,
      ...(credentials && { credentials }),
      region: home,
    });
    recording?.attach(client, { account: 'caller', region: home });
    return { sdk, client };
  });

  async function ask<T>(
    question: (connection: Awaited<ReturnType<typeof connect>>) => Promise<T>,
  ): Promise<T> {
    try {
      return await question(await connect());
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** An answer about resource control policies: none where there are none, or why they cannot be read. */
  async function unlessUnread<T>(question: (connection: Connection) => Promise<readonly T[]>) {
    try {
      return await question(await connect());
    } catch (error) {
      return notThere.has((error as Error).name) ? [] : unreadFrom(error);
    }
  }

  return {
    async describe() {
      const { Organization } = await ask(({ sdk, client }) =>
        client.send(new sdk.DescribeOrganizationCommand({})),
      );
      return { id: Organization?.Id ?? '', managementAccount: Organization?.MasterAccountId ?? '' };
    },

    async *accounts() {
      let token: string | undefined;
      do {
        const page = await ask(({ sdk, client }) =>
          client.send(new sdk.ListAccountsCommand(token === undefined ? {} : { NextToken: token })),
        );
        yield* (page.Accounts ?? []).map(accountOf);
        token = page.NextToken;
      } while (token);
    },

    async tags(account) {
      try {
        const { sdk, client } = await connect();
        const pages = sdk.paginateListTagsForResource({ client }, { ResourceId: account });
        const tags = await collect(itemsOf(pages, (page) => page.Tags));
        return { tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])) };
      } catch (error) {
        return unreadFrom(error);
      }
    },

    resourceControlPolicies: () => unlessUnread(attachedPolicies),

    resourceControlPolicyIds: () =>
      unlessUnread(async (connection) => {
        const policies = await collect(listedPolicies(connection));
        return policies.flatMap(({ Id }) => Id ?? []);
      }),
  };
}
