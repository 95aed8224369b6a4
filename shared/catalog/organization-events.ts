import { type AccountId, isAccountId } from '../iam/arn.ts';
import type { ChangeEvent } from './change-event.ts';
import { type EventPattern, packed } from './event-patterns.ts';

/** What a change of the organization concerns: accounts, or whomever a policy governs. */
export type Concerned =
  /** `stay`: they are members afterwards, and swept as soon as their audit role is there. */
  | { readonly type: 'accounts'; readonly accounts: readonly AccountId[]; readonly stay: boolean }
  /** Of whichever type; every one of its type where none is named. */
  | { readonly type: 'policy'; readonly policy?: string };

const source = 'organizations.amazonaws.com';

/**
 * Events after which an account has come, or is in another unit, or has other tags. Organizations writes them in the
 * management account, and who accepts an invitation in its own.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
 */
const staying = [
  'AcceptHandshake',
  'AccountJoinedOrganization',
  'CreateAccountResult',
  'MoveAccount',
  'TagResource',
  'UntagResource',
];

/** Events after which an account is gone, or closed. */
const leaving = [
  'AccountDepartedOrganization',
  'CloseAccount',
  'CloseAccountResult',
  'LeaveOrganization',
  'RemoveAccountFromOrganization',
];

/** Events after which resource control policies may forbid something else, to whomever. */
const governing = ['AttachPolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'UpdatePolicy'];

/** The pattern of all of them: what the rules of the member template send besides changes of policies. */
export function organizationPatterns(): readonly EventPattern[] {
  const eventName = [...staying, ...leaving, ...governing].toSorted();
  return packed([{ eventSource: [source], eventName }]);
}

/** The account ids in the parts of a record, however deep, but for those that name the management account. */
function accountIds(value: unknown): readonly AccountId[] {
  if (typeof value === 'string') return isAccountId(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) =>
    /management|master/i.test(key) ? [] : accountIds(held),
  );
}

/** What policies of other types say is nothing to us; a record need not name the type. */
const isOfOtherType = (value: unknown) =>
  JSON.stringify(value ?? {}).match(
    /"(?:policyType|type)":"(?!RESOURCE_CONTROL_POLICY)[A-Z_]*POLICY[A-Z_0-9]*"/,
  ) !== null;

/**
 * What a record of Organizations concerns; undefined when it is none, or changes nothing that we go by. Where it is
 * written in the account that it speaks of, it names no other. Not every form of these records is documented: accounts
 * are found by the look of their ids, and one too many costs a few reads.
 */
export function concernedAccounts({ account: receiver, detail }: ChangeEvent): Concerned | undefined {
  const { eventSource, eventName, errorCode, requestParameters, responseElements, serviceEventDetails } =
    detail;
  if (eventSource !== source || errorCode) return undefined;
  if (governing.includes(eventName)) {
    if (isOfOtherType(requestParameters) || isOfOtherType(responseElements)) return undefined;
    const policy = requestParameters?.policyId;
    return { type: 'policy', ...(typeof policy === 'string' && { policy }) };
  }
  if (!staying.includes(eventName) && !leaving.includes(eventName)) return undefined;
  const isOwn = eventName === 'AcceptHandshake' || eventName === 'LeaveOrganization';
  const named = isOwn
    ? [detail.recipientAccountId ?? receiver]
    : accountIds([requestParameters, responseElements, serviceEventDetails]);
  const accounts = [...new Set(named)];
  return accounts.length === 0
    ? undefined
    : { type: 'accounts', accounts, stay: staying.includes(eventName) };
}
