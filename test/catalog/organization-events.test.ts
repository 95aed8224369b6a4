import { expect, test } from 'vitest';
import { type ChangeEvent, parseChangeEvent } from '../../shared/catalog/change-event.ts';
import { concernedAccounts, organizationPatterns } from '../../shared/catalog/organization-events.ts';
import { matches } from './pattern-match.ts';

const [management, member] = ['111111111111', '222222222222'] as const;

function record(eventName: string, parts: object, account: string = management): ChangeEvent {
  const event = {
    source: 'aws.organizations',
    'detail-type':
      parts && 'serviceEventDetails' in parts
        ? 'AWS Service Event via CloudTrail'
        : 'AWS API Call via CloudTrail',
    account,
    detail: {
      eventID: 'e-1',
      eventSource: 'organizations.amazonaws.com',
      eventName,
      eventTime: '2026-01-01T00:00:00Z',
      awsRegion: 'us-east-1',
      recipientAccountId: account,
      ...parts,
    },
  };
  expect(
    organizationPatterns().filter((pattern) => matches(pattern, event as Parameters<typeof matches>[1])),
  ).toHaveLength(1);
  return parseChangeEvent(event) as ChangeEvent;
}

const staying = { type: 'accounts', accounts: [member], stay: true };
const leaving = { type: 'accounts', accounts: [member], stay: false };

test.each([
  [
    'CreateAccountResult',
    { serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: member } } },
    staying,
  ],
  [
    'AccountJoinedOrganization',
    { serviceEventDetails: { managementAccountId: management, accountId: member } },
    staying,
  ],
  ['AccountJoinedOrganization', { requestParameters: { accountId: member } }, staying],
  ['MoveAccount', { requestParameters: { accountId: member, destinationParentId: 'ou-1' } }, staying],
  ['TagResource', { requestParameters: { resourceId: member, tags: [] } }, staying],
  [
    'AccountDepartedOrganization',
    { serviceEventDetails: { masterAccountId: management, memberAccountId: member } },
    leaving,
  ],
  ['RemoveAccountFromOrganization', { requestParameters: { accountId: member } }, leaving],
  ['CloseAccount', { requestParameters: { accountId: member } }, leaving],
  ['CloseAccountResult', { serviceEventDetails: { closeAccountStatus: { accountId: member } } }, leaving],
  ['CreateAccountResult', { serviceEventDetails: { createAccountStatus: { state: 'FAILED' } } }, undefined],
  ['TagResource', { requestParameters: { resourceId: 'p-abc' } }, undefined],
  [
    'DetachPolicy',
    { requestParameters: { policyId: 'p-abc', targetId: member } },
    { type: 'policy', policy: 'p-abc' },
  ],
  ['EnablePolicyType', { requestParameters: { policyType: 'RESOURCE_CONTROL_POLICY' } }, { type: 'policy' }],
  ['EnablePolicyType', { requestParameters: { policyType: 'SERVICE_CONTROL_POLICY' } }, undefined],
  ['UpdatePolicy', { responseElements: { policy: { policySummary: { type: 'TAG_POLICY' } } } }, undefined],
])('%s of %j concerns %j', (name, parts, concerned) => {
  expect(concernedAccounts(record(name, parts))).toEqual(concerned);
});

test('who accepts an invitation, or leaves, says so in its own account', () => {
  const invited = { responseElements: { handshake: { parties: [{ id: '333333333333', type: 'ACCOUNT' }] } } };
  expect(concernedAccounts(record('AcceptHandshake', invited, member))).toEqual(staying);
  expect(concernedAccounts(record('LeaveOrganization', {}, member))).toEqual(leaving);
});
