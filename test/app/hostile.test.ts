import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { openBench } from './bench.ts';
import { lets } from './world.ts';

const [member, outsider] = ['111111111112', '222222222222'] as const;

/** Policies as someone would write them who wants the auditor to stumble. */
const hostile: Readonly<Record<string, string>> = {
  deep: `${'{"Statement":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  list: '[[[[]]]]',
  number: '42',
  nothing: 'null',
  prototype:
    '{"__proto__":{"Statement":[]},"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"__proto__":{"constructor":"x"}}}}',
  stars: JSON.stringify(lets(outsider, `sqs:${'*a'.repeat(2000)}`)),
  marks: JSON.stringify(lets(outsider, `sqs:${'*?'.repeat(1000)}zz`)),
  types: '{"Statement":[{"Effect":["Allow"],"Principal":{"AWS":[[1]]},"Action":{"a":1},"Resource":7}]}',
  halves:
    '{"Statement":[{"Sid":"\\ud800","Effect":"Allow","Principal":{"AWS":"\\udfff"},"Action":"sqs:*","Resource":"*"}]}',
};

test('one policy that is made to break the auditor is a gap or a finding, never silence, and the others are read', async () => {
  const queues = { ...hostile, orders: JSON.stringify(lets(outsider, 'sqs:SendMessage')) };
  const bench = openBench({ [member]: { queues: { 'us-east-1': queues } } });
  const { report } = await audit(bench.ports, { audit: 'a-1' });
  const [coverage] = report.coverage.places[0]?.kinds.filter(({ kind }) => kind === 'sqs:queue') ?? [];
  expect(coverage).toMatchObject({ outcome: 'listed' });
  expect((coverage?.present ?? 0) + (coverage?.unreadResources ?? 0)).toBe(Object.keys(queues).length);
  const spoken = [...report.findings, ...report.gaps].map(({ finding }) => finding.title).join('\n');
  expect(spoken).toContain('can write to sqs:queue orders');
});
