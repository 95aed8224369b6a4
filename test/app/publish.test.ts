import { expect, test } from 'vitest';
import { publish } from '../../shared/app/publish.ts';
import type { SubjectRecord, Transition } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { bucket, grant, presentLook, role } from '../findings/samples.ts';

const log = { info() {}, warn() {} };

function recordOf(...looks: readonly Parameters<typeof settle>[1][]): SubjectRecord {
  const [first, ...others] = looks;
  if (first === undefined) throw new Error('no look');
  const start = settle(undefined, first) as SubjectRecord;
  return others.reduce((record, look) => settle(record, look) as SubjectRecord, start);
}

const found = recordOf(presentLook(bucket, 1, [grant()]));
const right = recordOf(presentLook(bucket, 1, [grant()]), presentLook(bucket, 2, []));
const other = recordOf(presentLook(role, 1, [grant()]));

const changes = [
  { sequence: '1', after: found },
  { sequence: '2', after: other },
  { sequence: '3', before: found, after: right },
];

test('writes are published in their order', async () => {
  const told: Transition[] = [];
  const publisher = { publish: async (transition: Transition) => void told.push(transition) };
  expect(await publish({ publisher, log }, changes)).toEqual({});
  expect(
    told.map(({ status, finding }) => `${status} ${finding.type === 'access' ? finding.kind : ''}`),
  ).toEqual(['new s3:bucket', 'new iam:role', 'resolved s3:bucket']);
});

test('after a failure nothing later is published, and the stream comes again from there under the same ids', async () => {
  const told: string[] = [];
  let refusals = 1;
  const publisher = {
    async publish({ id, finding }: Transition) {
      if (finding.type === 'access' && finding.kind === 'iam:role' && refusals-- > 0)
        throw new Error('the topic refuses');
      told.push(id);
    },
  };
  expect(await publish({ publisher, log }, changes)).toEqual({ failedSequence: '2' });
  expect(told).toHaveLength(1);
  expect(await publish({ publisher, log }, changes.slice(1))).toEqual({});
  expect(await publish({ publisher, log }, changes.slice(2))).toEqual({});
  expect(new Set(told).size).toBe(3);
});
