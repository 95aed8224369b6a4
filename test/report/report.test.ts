import { expect, test } from 'vitest';
import { csvReport } from '../../shared/report/csv.ts';
import { htmlReport } from '../../shared/report/html.ts';
import { jsonReport } from '../../shared/report/json.ts';
import { summary } from '../../shared/report/summary.ts';
import { findingTable, gapTable } from '../../shared/report/table.ts';
import { auditReport, expectInert, finding } from './sample.ts';

const hostile = {
  name: '=cmd|calc!A1\u001b[2J',
  title: '<script>alert(1)</script>',
  because: '@SUM(1)\u202e<img src=x onerror=alert(2)> "quoted" \'too\'\nnext: line',
  sid: '"><svg onload=alert(3)>',
};

test('report.json names its schema and holds finding, gap, note, and coverage of every place and kind', () => {
  const content = JSON.parse(jsonReport(auditReport([finding()])));
  expect(content).toMatchObject({
    schema: 'trustwatch/report/1',
    organization: 'o-exampleorg1',
    summary: { findings: { total: 1, high: 1, new: 1 }, gaps: 1 },
    findings: [
      {
        id: 'f-1',
        status: 'new',
        kind: 'iam:role',
        resource: 'arn:aws:iam::111122223333:role/ci-deploy',
        account: '111122223333',
        region: 'eu-west-1',
        outsider: { type: 'account', account: '222222222222' },
        witness: { action: 'sts:AssumeRole' },
      },
    ],
    gaps: [{ id: 'g-1', reason: 'denied', subject: { type: 'kind', kind: 'sqs:queue' } }],
    notes: [{ type: 'stale-principal', resource: 'arn:aws:iam::111122223333:role/old' }],
    coverage: {
      places: [
        { account: '111122223333', region: 'eu-west-1', kinds: [{ kind: 'iam:role' }, {}, {}, {}] },
        { region: 'eu-central-1', unread: { reason: 'not-finished' } },
      ],
      unreadAccounts: [{ account: '444455556666', reason: 'role-missing' }],
      skippedAccounts: [{ account: '777788889999', why: 'suspended' }],
    },
  });
});

test('report.json holds hostile text whole, and shows a terminal nothing to obey', () => {
  const text = jsonReport(auditReport([finding(hostile)]));
  expectInert(text);
  expect(JSON.parse(text).findings[0]).toMatchObject({ title: hostile.title, because: hostile.because });
});

test('a cell of report.csv is never a formula, a second line or a control character', () => {
  const text = csvReport(auditReport([finding(hostile)]));
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(text).toContain(`'@SUM(1)\\u{202e}`);
  for (const cell of lines.flatMap((line) => line.split(',')))
    expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@-]/);
  expectInert(text);
});

test('report.csv tells findings and gaps, one row each', () => {
  const [head, access, gap] = csvReport(auditReport([finding()])).split('\n');
  expect(head).toMatch(/^type,status,severity,account,account_name,region,kind,resource,/);
  expect(access).toMatch(
    /^access,new,high,111122223333,acme-prod,eu-west-1,iam:role,arn:aws:iam::111122223333:role/,
  );
  expect(access).toContain('StringEquals sts:ExternalId: x-1');
  expect(gap).toMatch(
    /^gap,open,medium,111122223333,acme-prod,eu-west-1,sqs:queue,sqs:queue in 111122223333\/eu-west-1,/,
  );
});

test('the page holds no element, attribute or address that came from an account', () => {
  const page = htmlReport(auditReport([finding(hostile)]));
  expect(page).not.toMatch(/<script|<img|<svg|<b>/);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expectInert(page);
  expect(page).not.toMatch(/<[^>]*\s(src|href|on\w+)=|url\(/i);
});

test("the page's policy allows its one style and nothing else", () => {
  const page = htmlReport(auditReport([finding()]));
  expect(page.match(/Content-Security-Policy" content="([^"]*)"/)?.[1]?.replaceAll('&#39;', "'")).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'$/,
  );
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page).not.toContain(' style=');
});

test('the page tells what was not read beside what was', () => {
  const page = htmlReport(auditReport([]));
  expect(page).toContain('Nobody from outside who is not expected.');
  for (const text of [
    'unread:<br>denied',
    'unread: not-finished',
    'unread: role-missing',
    '3; unread: 2 denied, 1 throttled',
    'title="1.4 s"',
    '<td class="number">1.2 s</td>',
    'suspended',
  ])
    expect(page).toContain(text);
});

test('a kind of which there is nothing anywhere is a word, not a column; an unread one stays a column', () => {
  const page = htmlReport(auditReport([]));
  expect(page).toContain('none there: sns:topic.');
  expect(page).not.toContain('sns:<wbr>topic');
  expect(page).toContain('sqs:<wbr>queue');
});

test('an account of which no place was read counts as unread', () => {
  expect(summary(auditReport([]))).toEqual({
    findings: { total: 0, new: 0, critical: 0, high: 0, medium: 0, low: 0 },
    expected: 0,
    gaps: 1,
    accounts: { read: 1, unread: 1, skipped: 1 },
    places: { read: 1, unread: 1 },
    resources: { present: 4, absent: 2, unread: 3, unreadBy: { denied: 2, throttled: 1 } },
  });
});

test('what could not be read again, and what cannot be read, show since when', () => {
  const report = auditReport([finding()]);
  const lastSeen = new Date(Date.parse(report.startedAt) - 12 * 86_400_000).toISOString();
  const old = {
    ...report,
    findings: report.findings.map((each) => ({ ...each, status: 'unread' as const, lastSeen })),
    gaps: report.gaps.map((each) => ({ ...each, status: 'open' as const, firstSeen: lastSeen })),
  };
  const since = `${lastSeen.slice(0, 10)}, 12 days`;
  expect(htmlReport(old)).toContain(`not read again since ${since}`);
  expect(htmlReport(old)).toContain(`<td class="place">${since}</td>`);
  const options = { width: 120, color: false, limit: 10 };
  const words = (text: string) => text.replaceAll(/[│\n]+/g, ' ').replaceAll(/ +/g, ' ');
  expect(words(findingTable(old, options))).toContain('not read');
  expect(words(gapTable(old, options))).toContain('12 days');
});
