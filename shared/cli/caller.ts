import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { CallSettings } from '../aws/client-settings.ts';
import { failureText, requireCredentials } from '../aws/failure.ts';
import type { Recording } from '../aws/recording.ts';
import { InputError, OperationError } from '../errors.ts';
import type { AccountId } from '../iam/arn.ts';

/** Who calls: the SDK's own chain (environment, profile, SSO), or nobody where recordings answer. */
export interface Caller {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
}

/** Where recordings answer, nothing is signed and nothing is sent. */
export const nobody: AwsCredentialIdentityProvider = async () => ({
  accessKeyId: 'REPLAYED',
  secretAccessKey: 'REPLAYED',
});

/** The region of the environment or the profile; us-east-1 when neither names one. */
export async function callerRegion(profile: string | undefined): Promise<string> {
  const client = new STSClient(profile === undefined ? {} : { profile });
  return client.config.region().catch(() => 'us-east-1');
}

export function callerCredentials(profile: string | undefined): AwsCredentialIdentityProvider {
  return fromNodeProviderChain(profile === undefined ? {} : { profile });
}

/**
 * The account of the caller.
 * @throws OperationError without valid credentials, or where STS cannot be reached
 */
export async function callerAccount(
  { region, credentials }: Caller,
  calls: CallSettings,
  recording: Recording | undefined,
): Promise<AccountId> {
  const client = new STSClient({ ...calls, region, credentials });
  recording?.attach(client, { account: 'caller', region });
  try {
    const { Account = '' } = await client.send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (error) {
    if (error instanceof InputError) throw error;
    requireCredentials(error);
    throw new OperationError(
      `STS does not say who calls (${failureText(error)})`,
      'see that AWS can be reached from here',
      { cause: error },
    );
  }
}
