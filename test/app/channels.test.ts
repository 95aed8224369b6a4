import { expect, test } from 'vitest';
import { type BusEvent, busChannel, eventSource, hubChannel } from '../../shared/app/channels.ts';
import { requestsOf } from '../../shared/aws/event-bus.ts';
import { eventPatterns } from '../../shared/catalog/event-patterns.ts';
import type { Look, SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { kinds } from '../../shared/kinds/index.ts';
import type { AsffFinding } from '../../shared/report/asff.ts';
import { bucket, grant, presentLook, role } from '../findings/samples.ts';

const recordOf = (look: Look, before?: SubjectRecord) => settle(before, look) as SubjectRecord;
const open = recordOf(presentLook(bucket, 1, [grant()]));
const closed = recordOf(presentLook(bucket, 2, []), open);
const other = recordOf(presentLook(role, 1, [grant()]));

test('no rule of trustwatch follows an event of its own', async () => {
  const events: BusEvent[] = [];
  await busChannel(async (put) => void events.push(...put)).send(transitions(undefined, open));
  expect(events).toMatchObject([{ detailType: 'trustwatch Finding' }]);
  expect(JSON.parse(events[0]?.detail ?? '')).toMatchObject({
    schema: 'trustwatch.finding/1',
    status: 'new',
  });
  for (const { source, 'detail-type': types } of eventPatterns(kinds)) {
    expect(source.some(({ prefix }) => eventSource.startsWith(prefix))).toBe(false);
    expect(types).not.toContain(events[0]?.detailType);
  }
});

test('Security Hub gets each finding once in a request, as it is last', async () => {
  const imported: AsffFinding[] = [];
  const reporter = { partition: 'aws', region: 'eu-west-1', account: '999999999999' };
  const hub = hubChannel(reporter, async (findings) => void imported.push(...findings));
  expect(hub.atATime).toBe(100);
  const all = [
    ...transitions(undefined, open),
    ...transitions(undefined, other),
    ...transitions(open, closed),
  ];
  await hub.send(all);
  expect(imported.map(({ RecordState, GeneratorId }) => `${RecordState} ${GeneratorId}`)).toEqual([
    'ARCHIVED trustwatch/s3:bucket',
    'ACTIVE trustwatch/iam:role',
  ]);
});

test('events go in as few requests as their sizes allow, in their order', () => {
  const event = (kilobytes: number): BusEvent => ({
    detailType: 'x',
    detail: 'x'.repeat(kilobytes * 1024),
    at: new Date(0),
  });
  const sizes = (...each: number[]) => requestsOf(each.map(event)).map((request) => request.length);
  expect(sizes()).toEqual([]);
  expect(sizes(1, 2, 3)).toEqual([3]);
  expect(sizes(200, 100, 100, 240, 1)).toEqual([1, 2, 2]);
  expect(sizes(240, 240, 240)).toEqual([1, 1, 1]);
});
