import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { config } from './clients.ts';
import type { Planted } from './plants.ts';

/** The organization as it was planted. */
export interface World {
  readonly organization: string;
  /** Account ids by name. */
  readonly accounts: Readonly<Record<AccountName, string>>;
  /** What an audit has to find, no more, no less. */
  readonly planted: readonly Planted[];
}

const names = ['payments', 'data', 'build', 'sandbox'] as const;

export type AccountName = (typeof names)[number];

/** An organization with four member accounts in moto, and nothing in them. */
export async function makeOrganization(): Promise<Omit<World, 'planted'>> {
  await fetch(`${process.env.E2E_MOTO}/moto-api/seed?a=7`, { method: 'POST' });
  const client = new OrganizationsClient({ ...config, region: 'us-east-1' });
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const ids: string[] = [];
  for (const name of names) ids.push(await createAccount(client, name));
  const accounts = Object.fromEntries(
    names.map((name, index) => [name, ids[index] ?? '']),
  ) as World['accounts'];
  return { organization: Organization?.Id ?? '', accounts };
}

/** A new member of the organization. */
export async function createAccount(client: OrganizationsClient, name: string): Promise<string> {
  const { CreateAccountStatus } = await client.send(
    new CreateAccountCommand({ AccountName: name, Email: `${name}@example.org` }),
  );
  const status = await client.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
  );
  return status.CreateAccountStatus?.AccountId ?? '';
}
