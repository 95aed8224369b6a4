import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { replay } from '../../shared/aws/recording.ts';
import { homeRegion, partitionOf } from '../../shared/iam/place.ts';
import type { OpenClient } from '../../shared/kinds/kind.ts';
import { account, cases, placeOf, readingOf } from './recorded.ts';

/** Recorded in the commercial partition, as it would be in another. */
function movedTo(region: string) {
  const partition = partitionOf(region);
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return (text: string) =>
    text
      .replaceAll(/\b(?:eu-west-1|us-west-2)\b/g, region)
      .replaceAll(/\bus-east-1\b/g, homeRegion(partition))
      .replaceAll(/arn(:|%3A)aws\1/g, `arn$1${partition}$1`)
      // The first region of Europe has an older name besides.
      .replaceAll('"EU"', `"${region}"`)
      .replaceAll(/\.amazonaws\.com\//g, `.${suffix}/`);
}

/** What the other partitions do not have, or, as rule groups of CloudFront, not all of. */
const elsewhere = new Set(['ecr-public:repository', 's3:multi-region-access-point', 'wafv2:rule-group']);

describe.each(['cn-northwest-1', 'us-gov-east-1'])('in %s', (region) => {
  const moved = movedTo(region);

  test.each(cases.filter(([, { id }]) => !elsewhere.has(id)))('%s reads the same', async (folder, kind) => {
    const from = join(import.meta.dirname, folder);
    const directory = mkdtempSync(join(tmpdir(), 'trustwatch-'));
    const file = `${account}.jsonl`;
    writeFileSync(join(directory, file), moved(readFileSync(join(from, file), 'utf8')));
    const expected = parse(moved(readFileSync(join(from, 'expected.yaml'), 'utf8')));
    const place = placeOf(kind, expected.region ?? region);
    const recording = replay([directory]);
    const open: OpenClient = (client, overrides) => {
      const there = overrides?.region ?? place.region;
      const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
      const opened = new client({ region: there, credentials, retryMode: 'standard', maxAttempts: 1 });
      recording.attach(opened, { account, region: there });
      return opened;
    };
    const connection = await kind.connect(open, place);
    const readings: Record<string, unknown> = {};
    for await (const item of kind.list(connection, place))
      readings[item.arn] = await readingOf(kind, connection, item, place);
    expect(readings).toEqual(expected.readings);
    for (const [reference, { yes, no }] of Object.entries<{ yes: string[]; no: string[] }>(expected.refersTo))
      expect([...yes, ...no].filter((arn) => kind.refersTo(reference, arn, place))).toEqual(yes);
    for (const [reference, arn] of Object.entries<string>(expected.find))
      if (arn.startsWith('arn:')) expect((await kind.find(connection, place, reference))?.arn).toBe(arn);
  });
});
