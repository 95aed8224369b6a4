import type { AuditLog, AuditPlan, ReportTarget } from '../app/audit-ports.ts';
import { InputError } from '../errors.ts';
import type { PlaceCoverage } from '../findings/coverage.ts';
import { formatPlace } from '../iam/place.ts';
import type { Bucket } from './bucket.ts';
import { openTable, type TableSettings } from './table.ts';
import { asidePrefix, pack, sortKey, unpack } from './table-item.ts';

/** Coverage is read by the end of its audit; the report keeps it. */
const coverageKeptDays = 30;

const auditPartition = `${asidePrefix}audit/`;

const fileOf = (audit: string, name: string) => `audits/${audit}/${name}`;

/**
 * Plans in the bucket, where Step Functions reads the places from; coverage in the table, where many write at
 * once.
 */
export function awsAuditLog(bucket: Bucket, settings: TableSettings): AuditLog {
  const open = openTable(settings);
  return {
    async writePlan(plan) {
      await bucket.write(fileOf(plan.audit, 'plan.json'), JSON.stringify(plan), 'application/json');
      await bucket.write(fileOf(plan.audit, 'places.json'), JSON.stringify(plan.places), 'application/json');
    },

    async readPlan(audit) {
      const read = await bucket.read(fileOf(audit, 'plan.json'));
      if (read.state !== 'found')
        throw new InputError(`audit ${audit}`, 'there is no such plan', 'plan-audit writes it first');
      return JSON.parse(read.text) as AuditPlan;
    },

    async writeCoverage(audit, coverage) {
      const { sdk, table, client } = await open();
      const expiresAt = Math.floor(Date.now() / 1000) + coverageKeptDays * 86_400;
      const item = {
        pk: { S: `${auditPartition}${audit}` },
        sk: { S: sortKey(formatPlace(coverage.place)) },
        body: { B: pack(coverage) },
        expiresAt: { N: `${expiresAt}` },
      };
      await client.send(new sdk.PutItemCommand({ TableName: table, Item: item }));
    },

    async *readCoverage(audit) {
      const { sdk, table, client } = await open();
      const query = {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :audit',
        ExpressionAttributeValues: { ':audit': { S: `${auditPartition}${audit}` } },
      };
      for await (const { Items = [] } of sdk.paginateQuery({ client }, query))
        for (const { body } of Items) if (body?.B) yield unpack<PlaceCoverage>(body.B);
    },
  };
}

/** Reports, beside the plan of their audit. */
export function bucketReports(bucket: Bucket): ReportTarget {
  return {
    write: (audit, name, content, contentType) => bucket.write(fileOf(audit, name), content, contentType),
  };
}
