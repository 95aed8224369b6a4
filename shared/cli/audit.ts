import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { audit } from '../app/audit.ts';
import type { AuditScope } from '../app/ports.ts';
import { openFileStore } from '../aws/file-store.ts';
import { type Recording, record, replay } from '../aws/recording.ts';
import { loadTrust, type TrustConfig } from '../config/trust.ts';
import type { Transition } from '../findings/record.ts';
import { transitions } from '../findings/transitions.ts';
import { changesText } from '../report/changes.ts';
import { type Caller, callerCredentials, callerRegion, nobody } from './caller.ts';
import * as options from './options.ts';
import { deskPorts } from './ports.ts';
import { type ProgressLine, progressLine, warnings } from './progress.ts';
import { readRecordingSettings, writeRecordingSettings } from './recording-settings.ts';
import { showReport } from './show-report.ts';

interface AuditOptions extends AuditScope {
  readonly roleName?: string;
  readonly externalId?: string;
  readonly profile?: string;
  readonly trust?: string;
  readonly out: string;
  readonly record?: string;
  readonly replay?: string;
  readonly concurrency?: number;
  readonly progress: boolean;
}

/** The role that deploy/member-account.yml makes. */
const defaultRole = 'trustwatch-audit';

interface Speaking {
  readonly caller: Caller;
  readonly roleName: string;
  readonly externalId?: string | undefined;
  readonly recording?: Recording;
}

/** Who asks and by which role: as the options say, or as the recording says that answers. */
async function speakingOf(given: AuditOptions): Promise<Speaking> {
  if (given.replay !== undefined) {
    const recording = replay([given.replay]);
    const recorded = readRecordingSettings(given.replay);
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

async function trustOf(file: string | undefined): Promise<TrustConfig> {
  return loadTrust(file === undefined ? '' : await readFile(file, 'utf8'), file ?? 'trust.yml', new Date());
}

/** An audit's id from the time of its start: `20270102-030405-678`. */
const auditId = (start: Date) => start.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');

async function run(given: AuditOptions, progress: ProgressLine): Promise<void> {
  const trust = await trustOf(given.trust);
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

/** `trustwatch audit`: reads the organization, or its recording, and says who outside can get in. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('find out who outside the organization can get in; exit 1 with findings or gaps, 0 without')
    .option('--accounts <ids>', 'only these accounts, with commas between', options.accountList)
    .option(
      '--regions <names>',
      'only these regions (kinds of the whole account are always read)',
      options.regionList,
    )
    .option('--kinds <ids>', 'only these kinds, as `trustwatch kinds` lists them', options.kindList)
    .option('--role-name <name>', `audit role of the accounts (default: ${defaultRole})`, options.roleName)
    .option('--external-id <id>', 'external id that the audit role asks for', options.externalId)
    .option('--profile <name>', 'AWS profile to call with')
    .option('--trust <file>', 'trust.yml: who else counts as inside')
    .option('--out <dir>', 'folder for the reports and the state of the last audit', 'out')
    .option('--record <dir>', 'write every answer of AWS to this folder')
    .option('--replay <dir>', 'answer from such a folder, without credentials and network')
    .option('--concurrency <n>', 'places to read at a time', options.concurrency)
    .option('--no-progress', 'do not show progress')
    .action(async (given: AuditOptions) => {
      const progress = progressLine(given.progress);
      try {
        await run(given, progress);
      } finally {
        progress.end();
      }
    });
}
