import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../shared/app/audit.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import { type Exchange, type Recording, record } from '../../shared/aws/recording.ts';
import { nobody } from '../../shared/cli/caller.ts';
import { type DeskSettings, deskPorts } from '../../shared/cli/ports.ts';
import { writeRecordingSettings } from '../../shared/cli/recording-settings.ts';
import { loadTrust } from '../../shared/config/trust.ts';
import { changeEvent } from './change-event.ts';
import { answeredBy } from './fake-aws.ts';
import type { World } from './resources.ts';
import { changedWorld, world } from './world.ts';

const log = { info() {}, warn() {} };
const made = { region: 'us-east-1', roleName: 'trustwatch-audit', externalId: 'acme-trustwatch' };

/** What a desk works with in a world of its own making. */
export function deskSettings(recording: Recording, out: string): DeskSettings {
  return {
    caller: { region: made.region, credentials: nobody },
    ...made,
    recording,
    trust: loadTrust('', 'trust.yml'),
    clock: { now: () => new Date('2027-01-01T00:00:00.000Z') },
    log,
    out,
  };
}

function recordedAnswers(of: World, directory: string): Recording {
  const [fake, written] = [answeredBy(of), record(directory)];
  return {
    attach(client, speaker) {
      fake.attach(client, speaker);
      written.attach(client, speaker);
    },
  };
}

/** Requests run side by side: sorted, and each once, the files are the same every time. */
function sortRecording(directory: string): void {
  const keyOf = (line: string) => {
    const { region, client, operation, input } = JSON.parse(line) as Exchange;
    return JSON.stringify([client, operation, region, input]);
  };
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.jsonl'))) {
    const path = join(directory, file);
    const lines = [...new Set(readFileSync(path, 'utf8').trimEnd().split('\n'))];
    const sorted = lines.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    writeFileSync(path, `${sorted.join('\n')}\n`);
  }
}

/** Records an audit of the world into one folder, and the look after the change into another. */
export async function recordWorld(organization: string, change: string, out: string): Promise<void> {
  await writeRecordingSettings(organization, made);
  const before = await deskPorts(deskSettings(recordedAnswers(world(), organization), out));
  await audit({ ...before, store: memoryStore() }, { audit: 'recording' });
  sortRecording(organization);

  const after = await deskPorts(deskSettings(recordedAnswers(changedWorld(), change), out));
  const messages = [{ id: '1', body: JSON.stringify(changeEvent) }];
  await onChange({ ...after, store: memoryStore() }, messages, () => Number.POSITIVE_INFINITY);
  sortRecording(change);
}
