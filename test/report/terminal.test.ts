import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { GapFinding } from '../../shared/findings/finding.ts';
import { alertText } from '../../shared/report/alert.ts';
import { summaryText } from '../../shared/report/summary-text.ts';
import { findingTable, gapTable } from '../../shared/report/table.ts';
import { auditReport, expectInert, finding } from './sample.ts';

const plain = { width: 100, color: false, limit: 50 };

test.each([20, 80, 120, 200, 400])('a table asked to be %i wide fits 80 to 200 columns', (width) => {
  const long = finding({
    name: `path/${'x'.repeat(400)}`,
    because: `${'word '.repeat(80)}${'y'.repeat(300)}`,
  });
  const text = findingTable(auditReport([finding(), long]), { ...plain, width });
  const widths = text.split('\n').map((line) => [...line].length);
  expect(Math.max(...widths)).toBe(Math.min(Math.max(width, 80), 200));
});

test('a word longer than the line is broken, not cut', () => {
  const text = findingTable(auditReport([finding({ title: 'n'.repeat(150) })]), { ...plain, width: 80 });
  expect(text.match(/n{5,}/g)?.join('').length).toBe(150);
});

test('a hostile name moves no cursor and hides no letter', () => {
  const text = findingTable(
    auditReport([finding({ title: '\u001b[2J\u001b]0;title\u0007\u202eevil\u200b' })]),
    plain,
  );
  expect(stripVTControlCharacters(text)).toBe(text);
  expectInert(text);
  expect(text).toContain('\\u{1b}[2J');
});

test('each finding shows its sentence, and a bound says how many are left out', () => {
  const text = findingTable(auditReport([finding(), finding(), finding()]), { ...plain, limit: 2 });
  expect(text).toContain('account 222222222222 can assume role ci-deploy');
  expect(text.match(/trust policy lets account/g)).toHaveLength(2);
  expect(text).toContain('and 1 more, in the report');
});

test('no findings, no table', () => {
  expect(findingTable(auditReport([]), plain)).toBe('');
  expect(gapTable({ ...auditReport([]), gaps: [] }, plain)).toBe('');
});

test('what could not be read says where and why', () => {
  const text = gapTable(auditReport([]), plain);
  expect(text).toContain('denied');
  expect(text).toContain('sqs:queue in 111122223333/eu-west-1');
});

test('the figures say what was read, found, missed and left out', () => {
  expect(summaryText(auditReport([finding()])).split('\n')).toEqual([
    'read 6 resources in 1 place of 1 account; 3 resources unread (2 denied, 1 throttled)',
    '1 finding (1 high); 1 gap; 1 note, in the report',
    'not swept: 777788889999 Old <b>lab</b> (suspended)',
  ]);
});

test('an alert names resource, outsider, who changed it and when, each on its line', () => {
  const text = alertText({
    id: 't-1',
    status: 'new',
    finding: finding().finding,
    firstSeen: '2027-01-02T03:04:05.000Z',
    at: '2027-01-02T03:04:05.000Z',
    cause: {
      by: 'change',
      eventId: 'e-1',
      eventName: 'UpdateAssumeRolePolicy',
      eventTime: '2027-01-02T03:04:01Z',
      actor: {
        principal: 'arn:aws:iam::111122223333:user/eve\nNEW critical: forged',
        sourceAddress: '203.0.113.9',
      },
    },
  });
  expect(text.split('\n')).toEqual([
    'NEW high: account 222222222222 can assume role ci-deploy',
    '  resource   arn:aws:iam::111122223333:role/ci-deploy',
    '  where      111122223333 eu-west-1',
    '  outsider   role/ci of account 222222222222',
    '  actions    sts:AssumeRole',
    '  condition  StringEquals sts:ExternalId: x-1',
    '  because    statement Partner of the trust policy lets account 222222222222 in.',
    '  changed by arn:aws:iam::111122223333:user/eve\\u{a}NEW critical: forged from 203.0.113.9',
    '  change     UpdateAssumeRolePolicy at 2027-01-02T03:04:01Z, event e-1',
    '  first seen 2027-01-02T03:04:05.000Z',
  ]);
});

test('accounts that were not swept stand by name when they are few, by number when they are many', () => {
  const skip = (account: string, why: string) => ({ account, name: 'n', why });
  const skipped = ['1', '2', '3', '4'].map((account) => skip(account, 'not named by the command'));
  const report = auditReport([]);
  const coverage = { ...report.coverage, skipped: [...skipped, skip('5', 'suspended')] };
  expect(
    summaryText({ ...report, coverage })
      .split('\n')
      .at(-1),
  ).toBe('not swept: 4 accounts (not named by the command), 5 n (suspended)');
});

test('gaps that differ in their region only are one row; two resources are two', () => {
  const [gap] = auditReport([]).gaps;
  if (gap === undefined) throw new Error('the sample has a gap');
  const place = (region: string) => ({ partition: 'aws', account: '111122223333', region });
  const unreadKind = (region: string) => ({ type: 'kind', place: place(region), kind: 'sqs:queue' }) as const;
  const unreadQueue = (name: string) =>
    ({
      type: 'resource',
      place: place('eu-west-1'),
      kind: 'sqs:queue',
      arn: `arn:aws:sqs:::${name}`,
    }) as const;
  const table = (...subjects: readonly GapFinding['subject'][]) => {
    const gaps = subjects.map((subject, id) => ({
      ...gap,
      finding: { ...gap.finding, id: `${id}`, subject },
    }));
    return gapTable({ ...auditReport([]), gaps }, plain);
  };
  expect(table(unreadKind('eu-west-1'), unreadKind('eu-west-2'))).toContain('sqs:queue in 2 regions');
  const two = table(unreadQueue('a'), unreadQueue('b'));
  expect(two).toContain('arn:aws:sqs:::a');
  expect(two).toContain('arn:aws:sqs:::b');
});
