import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { audit } from '../app/audit.ts';
import { openFileStore } from '../aws/file-store.ts';
import { type Recording, record, replay } from '../aws/recording.ts';
import { loadTrust, type TrustConfig } from '../config/trust.ts';
import { loadVendors } from '../config/vendor-file.ts';
import type { Transition } from '../findings/record.ts';
import { transitions } from '../findings/transitions.ts';
import { changesText } from '../report/changes.ts';
import { type AuditOptions, defaultRole } from './audit.ts';
import { type Caller, callerCredentials, callerRegion, nobody } from './caller.ts';
import { deskPorts } from './ports.ts';
import { type ProgressLine, progressLine, warnings } from './progress.ts';
import { readRecordingSettings, writeRecordingSettings } from './recording-settings.ts';
import { showReport } from './show-report.ts';

interface Speaking {
  readonly caller: Caller;
  readonly roleName: string;
  readonly externalId?: string | undefined;
  readonly recording?: Recording;
}

/** Who asks and by which role: as the options say, or as the recording says that answers. */
async function speakingOf(given: AuditOptions): Promise<Speaking> {
  if (given.replay !== undefined) {
    const recorded = readRecordingSettings(given.replay);
    const recording = replay([given.replay]);
    return {
      caller: { region: recorded.region, credentials: nobody },
      roleName: given.roleName ?? recorded.roleName,
      externalId: given.externalId ?? recorded.externalId,
      recording,
    };
  }
  const region = await callerRegion(given.profile);
  const roleName = given.roleName ?? defaultRole;
  const { externalId } = given;
  const caller = { region, credentials: callerCredentials(given.profile) };
  if (given.record === undefined) return { caller, roleName, externalId };
  await writeRecordingSettings(given.record, { region, roleName, externalId });
  return { caller, roleName, externalId, recording: record(given.record) };
}

/** trust.yml, and behind its own names those of a register of vendors. */
async function trustOf({ trust: file, vendors }: AuditOptions): Promise<TrustConfig> {
  const text = file === undefined ? '' : await readFile(file, 'utf8');
  const trust = loadTrust(text, file ?? 'trust.yml', new Date());
  if (vendors === undefined) return trust;
  return { ...trust, vendors: [...trust.vendors, ...loadVendors(await readFile(vendors, 'utf8'), vendors)] };
}

/** An audit's id from the time of its start: `20270102-030405-678`. */
const auditId = (start: Date) => start.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');

async function auditWith(given: AuditOptions, progress: ProgressLine): Promise<void> {
  const trust = await trustOf(given);
  const clock = { now: () => new Date() };
  const log = warnings(progress);
  const ports = await deskPorts({ ...(await speakingOf(given)), trust, clock, log, out: given.out });
  const { id } = await ports.organization.describe();
  const changes: Transition[] = [];
  const store = openFileStore(join(given.out, `state-${id}.jsonl`), (before, after) =>
    changes.push(...transitions(before, after)),
  );
  const { accounts, regions, kinds, concurrency } = given;
  const request = {
    audit: auditId(clock.now()),
    ...(accounts && { accounts }),
    ...(regions && { regions }),
    ...(kinds && { kinds }),
    ...(concurrency && { concurrency }),
  };
  const { report, files } = await audit({ ...ports, store }, request, progress.tell);
  await store.save();
  progress.end();
  showReport(report, files);
  process.stdout.write(changesText(report, changes));
  process.exitCode = report.findings.length + report.gaps.length > 0 ? 1 : 0;
}

/** Audits as the options say; sets the exit code to 1 with findings or gaps. */
export async function runAudit(given: AuditOptions): Promise<void> {
  const progress = progressLine(given.progress);
  try {
    await auditWith(given, progress);
  } finally {
    progress.end();
  }
}
