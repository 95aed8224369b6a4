import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PeopleChannel } from '../app/alert-ports.ts';
import { audit } from '../app/audit.ts';
import { onChange } from '../app/on-change.ts';
import type { Store } from '../app/ports.ts';
import { publish, type StreamChange } from '../app/publish.ts';
import { memoryAlertBook } from '../aws/memory-alert-book.ts';
import { memoryStore } from '../aws/memory-store.ts';
import { type Recording, replay } from '../aws/recording.ts';
import { loadTrust } from '../config/trust.ts';
import { alertText } from '../report/alert.ts';
import { nobody } from './caller.ts';
import { deskPorts } from './ports.ts';
import { progressLine, warnings } from './progress.ts';
import { readRecordingSettings } from './recording-settings.ts';
import { showReport } from './show-report.ts';

/** The examples stand beside dist/, wherever the command is called from. */
const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const organizationFolder = join(examples, 'organization');
const changeFolder = join(examples, 'change');

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Sends alerts to standard output, as the stack sends them to its topic. */
const terminal: PeopleChannel = {
  audience: 'people',
  name: 'terminal',
  async send(alert) {
    if (alert.type === 'one') say(alertText(alert.transition));
  },
};

/** Audits the recorded organization, then follows a change of it to the alert. */
export async function runDemo(out: string): Promise<void> {
  const progress = progressLine(true);
  const log = warnings(progress);
  const clock = { now: () => new Date() };
  const trustFile = join(examples, 'trust.yml');
  const trust = loadTrust(await readFile(trustFile, 'utf8'), trustFile, clock.now());
  const portsOn = (recording: Recording) => {
    const { region, ...role } = readRecordingSettings(organizationFolder);
    return deskPorts({ caller: { region, credentials: nobody }, ...role, recording, trust, clock, log, out });
  };
  const writes: StreamChange[] = [];
  const store: Store = memoryStore((before, after) =>
    writes.push({ sequence: String(writes.length), ...(before && { before }), after }),
  );

  say(
    'An audit of Acme, as it was recorded, with nothing but its organization and examples/trust.yml inside.\n',
  );
  const before = await portsOn(replay([organizationFolder]));
  try {
    const { report, files } = await audit({ ...before, store }, { audit: 'demo' }, progress.tell);
    progress.end();
    showReport(report, files);
  } finally {
    progress.end();
  }

  say('\nThen somebody changes the trust policy of a role. CloudTrail tells, and this is the alert:\n');
  writes.length = 0;
  const after = await portsOn(replay([changeFolder, organizationFolder]));
  const body = await readFile(join(changeFolder, 'event.json'), 'utf8');
  await onChange({ ...after, store }, [{ id: 'demo', body }], () => Number.POSITIVE_INFINITY);
  const alertRules = { stormAfter: Number.POSITIVE_INFINITY };
  await publish({ channels: [terminal], alertBook: memoryAlertBook(), alertRules, log }, writes);
}
