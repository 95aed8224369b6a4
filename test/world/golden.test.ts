import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PeopleChannel } from '../../shared/app/alert-ports.ts';
import { audit } from '../../shared/app/audit.ts';
import { onChange } from '../../shared/app/on-change.ts';
import { publish, type StreamChange } from '../../shared/app/publish.ts';
import { memoryAlertBook } from '../../shared/aws/memory-alert-book.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import { replay } from '../../shared/aws/recording.ts';
import { deskPorts } from '../../shared/cli/ports.ts';
import { loadTrust } from '../../shared/config/trust.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { findingMessage } from '../../shared/findings/message.ts';
import { alertText } from '../../shared/report/alert.ts';
import { summaryText } from '../../shared/report/summary-text.ts';
import { findingTable, gapTable } from '../../shared/report/table.ts';
import { deskSettings } from './record-world.ts';

const golden = (name: string) => `../golden/${name}`;
const trust = loadTrust(readFileSync('examples/trust.yml', 'utf8'), 'examples/trust.yml');
const out = mkdtempSync(join(tmpdir(), 'golden-'));
const at = (time: string) => ({ clock: { now: () => new Date(time) } });
const portsOn = (folders: readonly string[]) => deskPorts({ ...deskSettings(replay(folders), out), trust });

const writes: StreamChange[] = [];
const store = memoryStore((before, after) =>
  writes.push({ sequence: String(writes.length), ...(before && { before }), after }),
);
let report: AuditReport;

beforeAll(async () => {
  const ports = { ...(await portsOn(['examples/organization'])), ...at('2027-01-01T06:00:00.000Z'), store };
  ({ report } = await audit(ports, { audit: 'golden', concurrency: 4 }));
}, 60_000);

test.each(['report.json', 'report.csv', 'report.html'])('%s of the recorded organization', async (name) => {
  await expect(readFileSync(join(out, name), 'utf8')).toMatchFileSnapshot(golden(name));
});

test('the terminal of the recorded organization', async () => {
  const options = { width: 120, color: false, limit: 50 };
  const parts = [findingTable(report, options), gapTable(report, options), summaryText(report)];
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(golden('terminal.txt'));
});

test('one change of a trust policy is one alert, and its repetition none', async () => {
  const sent: string[] = [];
  const bodies: unknown[] = [];
  const terminal: PeopleChannel = {
    audience: 'people',
    name: 'terminal',
    async send(alert) {
      if (alert.type === 'many') throw new Error('a list');
      sent.push(`${alertText(alert.transition)}\n`);
      bodies.push(JSON.parse(findingMessage(alert.transition).body));
    },
  };
  const event = { id: '1', body: readFileSync('examples/change/event.json', 'utf8') };
  writes.length = 0;
  for (const time of ['2027-01-01T07:00:00.000Z', '2027-01-01T07:00:01.000Z']) {
    const ports = await portsOn(['examples/change', 'examples/organization']);
    const { failed } = await onChange({ ...ports, ...at(time), store }, [event], () => 60_000);
    expect(failed).toEqual([]);
  }
  const log = { info() {}, warn() {} };
  const alertRules = { stormAfter: 20 };
  await publish({ channels: [terminal], alertBook: memoryAlertBook(), alertRules, log }, writes);
  expect(sent).toHaveLength(1);
  await expect(sent.join('')).toMatchFileSnapshot(golden('alert.txt'));
  await expect(`${JSON.stringify(bodies[0], null, 2)}\n`).toMatchFileSnapshot(golden('message.json'));
});

test('no harmless resource of the organization is a finding', () => {
  const ordinary = [
    'github-deploy',
    'inventory-reader',
    'OrganizationAccountAccessRole',
    'trustwatch-audit',
    '-shared-',
  ];
  for (const { finding } of report.findings)
    for (const name of ordinary) expect(finding.arn).not.toContain(name);
});
