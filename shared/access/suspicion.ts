import { isAccountId } from '../iam/arn.ts';
import { accountSegment, arnSegments } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { isOfToken } from '../iam/context-key.ts';
import { hasWildcard } from '../iam/glob.ts';
import { isOrganizationId } from '../iam/organization.ts';
import type { Statement } from '../iam/statement.ts';
import { isExternalId } from './assume-role-keys.ts';
import { isForced } from './service-keys.ts';

const accountKeys: ReadonlySet<string> = new Set(['aws:principalaccount', 'kms:calleraccount']);
const sourceAccountKeys: ReadonlySet<string> = new Set(['aws:sourceaccount', 'aws:sourceowner']);

const namesCallers = ({ principals }: Statement) =>
  principals.everyone || principals.accounts.length > 0 || principals.named.length > 0;
const namesServices = ({ principals }: Statement) => principals.everyone || principals.services.length > 0;

function isSourceArn(value: string): boolean {
  const segments = arnSegments(value);
  return segments?.[0] === 'arn' && /^(?:\d{12}|\*|)$/.test(segments[4] ?? '') && segments[5] !== '';
}

/** Whether a value of a key about callers or sources is one that some caller of the statement has. */
function isLikely(key: string, value: string, statement: Statement, kind: string): boolean | undefined {
  if (key === 'aws:principalorgid') return namesCallers(statement) && isOrganizationId(value);
  if (accountKeys.has(key)) return statement.principals.everyone && isAccountId(value);
  if (sourceAccountKeys.has(key)) return namesServices(statement) && isAccountId(value);
  if (key === 'sts:externalid') return kind === 'iam:role' && namesCallers(statement) && isExternalId(value);
  if (key.startsWith('sts:')) return false;
  if (key === 'aws:sourcearn') return namesServices(statement) && isSourceArn(value);
  return undefined;
}

/** Whether the operator may find the value: to StringEquals a star is itself, and what is no ARN is like none. */
function isComparable(key: string, comparison: Condition['operator']['comparison'], value: string): boolean {
  if (comparison === 'StringEquals') return !hasWildcard(value);
  return comparison === 'StringLike' || (comparison === 'ArnLike' && key === 'aws:sourcearn');
}

/** Whether some request of the statement's callers plainly meets the condition. */
function isPlain(condition: Condition, statement: Statement, kind: string): boolean {
  const { key, operator, values, variables, facts } = condition;
  const [value] = values;
  if (value === undefined || variables || operator.negated || facts.unknown) return false;
  // Few keys can be empty, or hold what an old version does not know as a variable.
  if (value === '' || value.includes('$')) return false;
  const { comparison } = operator;
  if (comparison === 'Bool') return key === 'aws:securetransport' && /^(?:true|false)$/i.test(value);
  if (!isComparable(key, comparison, value)) return false;
  const likely = isLikely(key, value, statement, kind);
  if (likely !== undefined) return likely;
  const { reach, type } = facts;
  if (type !== 'text' || reach === 'caller' || reach === 'network') return false;
  if (key.startsWith('aws:') || key === 's3:resourceaccount') return false;
  return !isOfToken(key) || namesProviderOf(key, statement);
}

/** Whether the statement's principals have such a provider as says the key. */
function namesProviderOf(key: string, { principals: { federated } }: Statement): boolean {
  if (key.startsWith('saml:')) return federated.some((name) => name.includes(':saml-provider/'));
  return federated.some((name) => name.toLowerCase().endsWith(key.slice(0, key.lastIndexOf(':'))));
}

/** The account for which a service calls, as a condition names it; undefined where it speaks of none, or of any. */
function sourceAccountIn({ key, values: [value = ''] }: Condition): string | undefined {
  if (key !== 'aws:sourcearn' && !sourceAccountKeys.has(key) && !isForced(key)) return undefined;
  const account = isAccountId(value) ? value : accountSegment(value);
  return account !== undefined && isAccountId(account) ? account : undefined;
}

const isOfSource = (key: string) => key === 'aws:sourcearn' || sourceAccountKeys.has(key);

/**
 * Whether conditions speak of an account that calls and of one for which a service calls, or of two of the latter: no
 * request has both.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
 */
function asksForTwo(conditions: readonly Condition[]): boolean {
  let [ofCaller, ofSource] = [false, false];
  let source: string | undefined;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Condition;
    const { key } = condition;
    if (key === 'aws:principalorgid' || accountKeys.has(key)) ofCaller = true;
    else if (isOfSource(key)) ofSource = true;
    const account = sourceAccountIn(condition) ?? source;
    if (source !== undefined && account !== source) return true;
    source = account;
  }
  return ofCaller && ofSource;
}

/**
 * Whether the conditions of a statement could turn out never to hold together. A plain statement cannot: each of its
 * conditions is on a key of its own and asks for something that its callers can have, callers or services.
 */
export function isSuspicious(statement: Statement, kind: string): boolean {
  const { conditions } = statement;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Condition;
    if (!isPlain(condition, statement, kind)) return true;
    for (let j = 0; j < i; j += 1) if ((conditions[j] as Condition).key === condition.key) return true;
  }
  return conditions.length > 1 && asksForTwo(conditions);
}
