import { expect } from 'vitest';
import type { AuditReport, ReportedFinding } from '../../shared/findings/audit-report.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const cause = { by: 'audit', audit: 'a-1' } as const;

/** A finding about a role; every text of it may be replaced. */
export function finding(
  text: Partial<Record<'name' | 'because' | 'title' | 'sid', string>> = {},
): ReportedFinding {
  const arn = `arn:aws:iam::111122223333:role/${text.name ?? 'ci-deploy'}`;
  return {
    finding: {
      type: 'access',
      id: 'f-1',
      severity: 'high',
      title: text.title ?? 'account 222222222222 can assume role ci-deploy',
      kind: 'iam:role',
      arn,
      place,
      grant: {
        outsider: {
          type: 'account',
          account: '222222222222',
          principal: 'arn:aws:iam::222222222222:role/ci',
        },
        actions: ['sts:AssumeRole'],
        resources: [arn],
        conditions: [{ key: 'sts:ExternalId', operator: 'StringEquals', values: ['x-1'], bounds: 'request' }],
        statements: [{ policy: 'trust', index: 0, sid: text.sid ?? 'Partner' }],
        witness: {
          action: 'sts:AssumeRole',
          resource: arn,
          principal: { type: 'AWS', arn: 'arn:aws:iam::222222222222:role/ci' },
          context: { 'sts:ExternalId': 'x-1' },
        },
        because: text.because ?? 'statement Partner of the trust policy lets account 222222222222 in.',
      },
    },
    status: 'new',
    firstSeen: '2027-01-02T03:04:05.000Z',
    since: '2027-01-02T03:04:05.000Z',
    lastSeen: '2027-01-02T03:04:05.000Z',
    cause,
  };
}

/** An audit with the given findings and one of everything else. */
export function auditReport(findings: readonly ReportedFinding[]): AuditReport {
  const unread = {
    reason: 'denied',
    message: 'AccessDenied: not authorized to perform sqs:ListQueues',
  } as const;
  return {
    audit: 'a-1',
    organization: 'o-exampleorg1',
    startedAt: '2027-01-02T03:04:05.000Z',
    finishedAt: '2027-01-02T03:04:15.000Z',
    accounts: [{ account: '111122223333', name: 'acme-prod' }],
    findings,
    expected: [],
    stale: [],
    gaps: [
      {
        finding: {
          type: 'gap',
          id: 'g-1',
          severity: 'medium',
          title: 'sqs:queue in 111122223333/eu-west-1 could not be read',
          subject: { type: 'kind', place, kind: 'sqs:queue' },
          unread,
        },
        status: 'open',
        firstSeen: '2027-01-01T00:00:00.000Z',
      },
    ],
    tampering: [],
    notes: [
      {
        resource: { type: 'resource', place, kind: 'iam:role', arn: 'arn:aws:iam::111122223333:role/old' },
        note: {
          type: 'stale-principal',
          statement: { policy: 'trust', index: 1 },
          because: 'the principal AROAEXAMPLE was deleted.',
        },
      },
    ],
    coverage: {
      audit: 'a-1',
      startedAt: '2027-01-02T03:04:05.000Z',
      finishedAt: '2027-01-02T03:04:15.000Z',
      places: [
        {
          place,
          durationMs: 1200,
          kinds: [
            {
              kind: 'iam:role',
              outcome: 'listed',
              present: 3,
              absent: 0,
              unreadResources: 0,
              durationMs: 400,
            },
            {
              kind: 'sqs:queue',
              outcome: 'unread',
              unread,
              present: 0,
              absent: 0,
              unreadResources: 0,
              durationMs: 400,
            },
            {
              kind: 'sns:topic',
              outcome: 'listed',
              present: 0,
              absent: 0,
              unreadResources: 0,
              durationMs: 400,
            },
            {
              kind: 's3:bucket',
              outcome: 'listed',
              present: 1,
              absent: 2,
              unreadResources: 3,
              unreadBy: { denied: 2, throttled: 1 },
              durationMs: 1400,
            },
          ],
        },
        {
          place: { ...place, region: 'eu-central-1' },
          durationMs: 0,
          unread: { reason: 'not-finished', message: 'the sweep did not finish' },
          kinds: [],
        },
      ],
      unread: [
        { account: '444455556666', unread: { reason: 'role-missing', message: 'no role trustwatch-audit' } },
      ],
      skipped: [{ account: '777788889999', name: 'Old <b>lab</b>', why: 'suspended' }],
    },
  };
}

/** Nothing in the text that a terminal obeys or a reader does not see. */

/** Nothing in the text that a terminal obeys or a reader does not see. */
export function expectInert(text: string): void {
  for (const mark of ['\u001b', '\u0007', '\u009b', '\u200b', '\u202e']) expect(text).not.toContain(mark);
}
