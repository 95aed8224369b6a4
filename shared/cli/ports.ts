import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditPorts } from '../app/audit.ts';
import type { ReportTarget } from '../app/audit-ports.ts';
import { goesByTags, withTags } from '../app/member-tags.ts';
import type { Clock, LearnedAccount, Log, Organization, ZoneSource } from '../app/ports.ts';
import { surroundingsOf } from '../app/surroundings.ts';
import { callSettings } from '../aws/client-settings.ts';
import { lazy } from '../aws/lazy.ts';
import { memoryAuditLog } from '../aws/memory-audit-log.ts';
import { awsOrganization } from '../aws/organization.ts';
import type { Recording } from '../aws/recording.ts';
import { assumedSessions } from '../aws/sessions.ts';
import type { TrustConfig } from '../config/trust.ts';
import type { AccountId } from '../iam/arn.ts';
import { kinds } from '../kinds/index.ts';
import { collect } from '../kinds/pages.ts';
import { type Caller, callerAccount } from './caller.ts';

export interface DeskSettings {
  readonly caller: Caller;
  readonly roleName: string;
  readonly externalId?: string | undefined;
  readonly recording?: Recording | undefined;
  readonly trust: TrustConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** The folder of the reports. */
  readonly out: string;
}

/** The organization, asked once for what is asked of it twice. */
function askedOnce(organization: Organization): Organization {
  const described = lazy(() => organization.describe());
  const listed = lazy(() => collect(organization.accounts()));
  return {
    describe: described,
    resourceControlPolicies: lazy(() => organization.resourceControlPolicies()),
    tags: (account) => organization.tags(account),
    resourceControlPolicyIds: () => organization.resourceControlPolicyIds(),
    async *accounts() {
      yield* await listed();
    },
  };
}

/** The organization with all its accounts and what it forbids, and what trust.yml adds. */
function deskZones(organization: Organization, trust: TrustConfig, clock: Clock): ZoneSource {
  const known = new Map<AccountId, LearnedAccount>();
  const zone = lazy(async () => {
    const described = await organization.describe();
    const listed = await collect(organization.accounts());
    const accounts = goesByTags(trust.boundaries) ? await withTags(organization, listed) : listed;
    const controls = await organization.resourceControlPolicies();
    return surroundingsOf({ ...described, accounts, controls }, known, trust, clock.now());
  });
  return {
    zone: () => zone(),
    async learn(learned) {
      for (const [account, each] of learned) known.set(account, each);
    },
  };
}

/** Writes the reports into one folder, over those of the audit before. */
function folderReports(folder: string): ReportTarget {
  return {
    async write(_, name, content) {
      const path = join(folder, name);
      await mkdir(folder, { recursive: true });
      await writeFile(path, content);
      return path;
    },
  };
}

/** Everything but the store: a desk opens that when it knows the organization. */
export async function deskPorts(settings: DeskSettings): Promise<Omit<AuditPorts, 'store'>> {
  const { caller, roleName, externalId, recording, trust, clock, log, out } = settings;
  const calls = callSettings();
  const asking = { ...caller, calls, ...(recording && { recording }) };
  const own = await callerAccount(caller, calls, recording);
  const organization = askedOnce(awsOrganization(asking));
  return {
    kinds,
    organization,
    // The caller's own account, where the role may be missing, is read with the caller's own credentials.
    sessions: assumedSessions({
      ...asking,
      roleName,
      ...(externalId && { externalId }),
      sessionName: 'trustwatch',
      withoutRole: own,
    }),
    auditLog: memoryAuditLog(),
    reports: folderReports(out),
    zones: deskZones(organization, trust, clock),
    clock,
    log,
  };
}
