import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Session, Sessions } from '../app/ports.ts';
import { type AccountId, formatArn, type Partition } from '../iam/arn.ts';
import { homeRegion, partitionOf } from '../iam/place.ts';
import type { OpenClient } from '../kinds/kind.ts';
import type { CallSettings } from './client-settings.ts';
import { atConfiguredEndpoint } from './configured-endpoint.ts';
import { requireCredentials, unassumable } from './failure.ts';
import { lazy } from './lazy.ts';
import type { Recording } from './recording.ts';
import { acceptOnlyAnswers } from './whole-answers.ts';

export interface SessionSettings {
  /** The region whose STS endpoint is asked. Only a regional endpoint's sessions are valid in opt-in regions. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html */
  readonly region: string;
  /** The audit role's name, with its path when it has one. */
  readonly roleName: string;
  readonly externalId?: string;
  /** Tells CloudTrail's readers who asks: `trustwatch-on-change`. */
  readonly sessionName: string;
  readonly calls: CallSettings;
  /** The caller's own credentials; the SDK's chain when absent. */
  readonly credentials?: AwsCredentialIdentityProvider;
  /** An account that is read with the caller's own credentials, without a role. */
  readonly withoutRole?: AccountId;
  readonly recording?: Recording;
}

/** Credentials are given back this long before they expire. */
const marginMs = 5 * 60_000;

/** Role chaining, which a Lambda's role does, gives an hour at most. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const durationSeconds = 3600;

/** STS takes letters, digits and a few signs, 2 to 64 of them. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionNameOf = (text: string) => text.replace(/[^\w+=,.@-]+/g, '-').slice(0, 64);

const isFresh = ({ expiration }: AwsCredentialIdentity) =>
  expiration === undefined || expiration.getTime() - Date.now() > marginMs;

/** Keeps what `load` gave for an account until shortly before it expires; a failure is not kept. */
function cached(load: (account: AccountId) => Promise<AwsCredentialIdentity>) {
  const kept = new Map<AccountId, Promise<AwsCredentialIdentity>>();

  function renew(account: AccountId): Promise<AwsCredentialIdentity> {
    const loading = load(account);
    kept.set(account, loading);
    loading.catch(() => kept.delete(account));
    return loading;
  }

  return async (account: AccountId): Promise<AwsCredentialIdentity> => {
    const asked = kept.get(account) ?? renew(account);
    const known = await asked;
    if (isFresh(known)) return known;
    // The first who finds them stale asks anew, for the others too.
    if (kept.get(account) === asked) kept.delete(account);
    return kept.get(account) ?? renew(account);
  };
}

/** Assumes the audit role in each account, once, and again shortly before its credentials expire. */
export function assumedSessions(settings: SessionSettings): Sessions {
  const { region, roleName, externalId, calls, recording } = settings;
  const partition = partitionOf(region);
  const roleOf = (account: AccountId) =>
    formatArn({ partition, service: 'iam', region: '', account, resource: `role/${roleName}` });

  const sts = lazy(async () => {
    const sdk = await import('./sdk/sts.ts');
    const own = settings.credentials === undefined ? {} : { credentials: settings.credentials };
    const client = new sdk.STSClient({ ...calls, ...own, region });
    recording?.attach(client, { account: 'caller', region });
    return { sdk, client };
  });

  const assume = cached(async (account) => {
    const { sdk, client } = await sts();
    if (account === settings.withoutRole) return client.config.credentials();
    const { Credentials } = await client.send(
      new sdk.AssumeRoleCommand({
        RoleArn: roleOf(account),
        RoleSessionName: sessionNameOf(settings.sessionName),
        DurationSeconds: durationSeconds,
        ...(externalId && { ExternalId: externalId }),
      }),
    );
    if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined)
      throw new Error('STS gave no credentials');
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      ...(Credentials.SessionToken && { sessionToken: Credentials.SessionToken }),
      ...(Credentials.Expiration && { expiration: Credentials.Expiration }),
    };
  });

  return {
    async assume(account) {
      try {
        await assume(account);
      } catch (error) {
        requireCredentials(error);
        return unassumable(roleOf(account), error);
      }
      return sessionOf({ account, partition, calls, recording, credentials: () => assume(account) });
    },
  };
}

function sessionOf(given: {
  readonly account: AccountId;
  readonly partition: Partition;
  readonly calls: CallSettings;
  readonly recording: Recording | undefined;
  readonly credentials: AwsCredentialIdentityProvider;
}): Session {
  const { account, partition, calls, recording, credentials } = given;
  const open =
    (region: string): OpenClient =>
    (client, overrides) => {
      const config = { ...calls, credentials, region, ...overrides };
      const opened = atConfiguredEndpoint(client, config);
      acceptOnlyAnswers(opened);
      recording?.attach(opened, { account, region: config.region });
      return opened;
    };
  return {
    account,
    partition,
    open,
    async enabledRegions() {
      const { DescribeRegionsCommand, EC2Client } = await import('./sdk/ec2.ts');
      const client = open(homeRegion(partition))(EC2Client);
      const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
      return Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
    },
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html
    async canonicalUser() {
      const { ListBucketsCommand, S3Client } = await import('./sdk/s3.ts');
      const client = open(homeRegion(partition))(S3Client);
      const { Owner } = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
      return Owner?.ID;
    },
  };
}
