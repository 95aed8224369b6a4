import { audit } from '../../shared/app/audit.ts';
import { busChannel, chatChannel, topicChannel } from '../../shared/app/channels.ts';
import { publish, type StreamChange } from '../../shared/app/publish.ts';
import { tellPile } from '../../shared/app/tell-pile.ts';
import { tellUntold } from '../../shared/app/tell-untold.ts';
import { tableAlertBook } from '../../shared/aws/table-alert-book.ts';
import { itemOf } from '../../shared/aws/table-item.ts';
import { tableStore } from '../../shared/aws/table-store.ts';
import { openBench } from '../app/bench.ts';
import { trusts } from '../app/world.ts';
import { countedTable, type TableCost } from './counted-table.ts';

/** Findings of the sample. */
const sample = 500;

/** Records that a batch of the table's stream holds, as serverless.yml sets it. */
const batchSize = 25;

/** Of `sample` findings, as many units as of a million: what goes by the number of findings goes by it evenly. */
function scaled(cost: TableCost) {
  const ofMillion = (count: number) => Math.round((count / sample) * 1_000_000);
  return {
    measured: { findings: sample, ...cost },
    scaledToAMillion: { readUnits: ofMillion(cost.readUnits), writeUnits: ofMillion(cost.writeUnits) },
  };
}

/**
 * What findings cost in DynamoDB's units: an audit that finds all of them new, one that finds them unchanged, telling
 * of the new ones, and the daily look whether all were told, by the real store, alert book and use cases on a table that
 * counts. One role, one finding, a short policy: a record of more than 1 kB takes a write unit more for each.
 */
export async function benchFindings(): Promise<Record<string, unknown>> {
  const { settings, take, stop } = await countedTable();
  try {
    const roles = Object.fromEntries(
      Array.from({ length: sample }, (_, index) => [`role-${index}`, trusts(`${222222222222 + index}`)]),
    );
    const { ports } = openBench({ '111111111111': { roles } });
    const store = tableStore(settings);
    const auditPorts = { ...ports, store };
    take();
    const first = await audit(auditPorts, { audit: 'first' });
    const found = take();
    if (first.report.findings.length !== sample)
      throw new Error(`the audit found ${first.report.findings.length} of ${sample} planted grants`);
    await audit(auditPorts, { audit: 'second' });
    const unchanged = take();

    const changes: StreamChange[] = [];
    let bytes = 0;
    for await (const after of store.all()) {
      changes.push({ sequence: '1', after });
      bytes += itemOf(after)?.body.B?.length ?? 0;
    }
    take();
    const silent = { send: async () => {} };
    const alerting = {
      channels: [topicChannel(silent), chatChannel(silent), busChannel(async () => {})],
      alertBook: tableAlertBook(settings),
      alertRules: { stormAfter: 20 },
      log: ports.log,
    };
    for (let start = 0; start < changes.length; start += batchSize)
      await publish(alerting, changes.slice(start, start + batchSize));
    await tellPile(alerting, 'storm');
    const told = take();
    const clock = { now: () => new Date(Date.UTC(2026, 0, 2)) };
    await tellUntold({ ...alerting, store, clock });
    const lookedAfter = take();
    return {
      bytesOfARecord: Math.round(bytes / changes.length),
      new: scaled(found),
      unchanged: scaled(unchanged),
      tellingOfNew: scaled(told),
      lookingForUntold: scaled(lookedAfter),
    };
  } finally {
    stop();
  }
}
