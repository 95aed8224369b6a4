import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  DescribeCreateAccountStatusCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { config } from './clients.ts';

/** The organization as it was planted. */
export interface World {
  readonly organization: string;
  /** Account ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
}

const names = ['payments', 'data', 'build', 'sandbox'];

/** An organization with four member accounts, in moto. */
export async function plantOrganization(): Promise<World> {
  await fetch(`${process.env.E2E_MOTO}/moto-api/seed?a=7`, { method: 'POST' });
  const client = new OrganizationsClient({ ...config, region: 'us-east-1' });
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const accounts: Record<string, string> = {};
  for (const name of names) {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@example.org` }),
    );
    const status = await client.send(
      new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
    );
    accounts[name] = status.CreateAccountStatus?.AccountId ?? '';
  }
  return { organization: Organization?.Id ?? '', accounts };
}
