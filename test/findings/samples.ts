import type { Grant } from '../../shared/access/grant.ts';
import type { ExpectedGrant } from '../../shared/findings/expectation.ts';
import { withExpectation } from '../../shared/findings/expected.ts';
import type { Cause, ResourceSubject, Unread } from '../../shared/findings/finding.ts';
import { accessFindings } from '../../shared/findings/from-decision.ts';
import type { Look } from '../../shared/findings/record.ts';

export const place = { partition: 'aws', account: '111122223333', region: 'us-east-1' } as const;

export const role: ResourceSubject = {
  type: 'resource',
  place,
  kind: 'iam:role',
  arn: 'arn:aws:iam::111122223333:role/deploy',
};

export const bucket: ResourceSubject = {
  type: 'resource',
  place,
  kind: 's3:bucket',
  arn: 'arn:aws:s3:::acme-data',
};

export const byAudit: Cause = { by: 'audit', audit: 'audit-1' };

export const byChange: Cause = {
  by: 'change',
  eventId: 'b0c5f3c4-0000-0000-0000-000000000000',
  eventName: 'UpdateAssumeRolePolicy',
  eventTime: '2026-01-02T03:04:05Z',
  actor: { principal: 'arn:aws:sts::111122223333:assumed-role/admin/eve' },
};

export const denied: Unread = { reason: 'denied', message: 'AccessDenied: no' };

/** A grant to one account, with what a test wants otherwise. */
export function grant(changes: Partial<Grant> = {}): Grant {
  return {
    outsider: { type: 'account', account: '222222222222' },
    actions: ['s3:GetObject'],
    resources: ['arn:aws:s3:::acme-data/*'],
    conditions: [],
    statements: [{ policy: 'policy', index: 0 }],
    witness: {
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::acme-data/x',
      principal: { type: 'AWS', arn: 'arn:aws:iam::222222222222:role/any' },
      context: { 'aws:PrincipalAccount': '222222222222' },
    },
    because: 'the first statement allows it',
    ...changes,
  };
}

/** The time of the n-th second. */
export const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** A look that saw these grants, with what trust.yml expected at the time. */
export function presentLook(
  subject: ResourceSubject,
  second: number,
  grants: readonly Grant[],
  expected: readonly ExpectedGrant[] = [],
): Look {
  return {
    subject,
    at: at(second),
    cause: byAudit,
    sight: { state: 'present', policyHash: 'hash' },
    findings: accessFindings(subject, grants).map((finding) =>
      withExpectation(finding, expected, at(second)),
    ),
    notes: [],
  };
}

/** A look that could not see. */
export function unreadLook(subject: Look['subject'], second: number, unread: Unread = denied): Look {
  return {
    subject,
    at: at(second),
    cause: byAudit,
    sight: { state: 'unread', unread },
    findings: [],
    notes: [],
  };
}

/** What is known of the resource of an account that has left. */
export function departedLook(subject: Look['subject'], second: number): Look {
  return { subject, at: at(second), cause: byAudit, sight: { state: 'departed' }, findings: [], notes: [] };
}

/** A look that found nothing there. */
export function absentLook(subject: ResourceSubject, second: number): Look {
  const sight = { state: 'absent', why: 'gone' } as const;
  return { subject, at: at(second), cause: byAudit, sight, findings: [], notes: [] };
}
