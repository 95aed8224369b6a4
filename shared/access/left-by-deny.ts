import { isAccountId } from '../iam/arn.ts';
import { hasArnSegments } from '../iam/arn-pattern.ts';
import type { Condition, KeyValue } from '../iam/condition.ts';
import { isClaim } from '../iam/context-key.ts';
import { globCovers, hasWildcard } from '../iam/glob.ts';
import { providerName } from '../iam/issuer.ts';
import { none } from '../iam/none.ts';
import type { Principals } from '../iam/principal.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { identityKeys, sourceKeys } from './aws-keys.ts';
import { remaining } from './bounds.ts';
import { type Caller, federatedBy, principalArnOf } from './caller.ts';
import type { AskedFor } from './case.ts';
import { resourceKey } from './domain.ts';
import { meets } from './goal.ts';
import type { GrantCondition, Outsider, WitnessPrincipal } from './grant.ts';
import { domainOf } from './key-domain.ts';
import { isSame } from './matching-principal.ts';
import { networkKeys } from './mentions.ts';
import { type Denying, type Question, settingFor } from './question.ts';
import { isOfServiceLinkedRole } from './service-linked-role.ts';

const anonymous: Caller = { sort: 'anonymous' };
const aws: Caller = { sort: 'aws', account: '', membership: undefined, arn: undefined, form: 'any' };
const service = (name: string): Caller => ({
  sort: 'service',
  service: name,
  account: undefined,
  membership: undefined,
});

/** The sorts of callers whom an outsider takes in. */
function callersOf(outsider: Outsider, principal: WitnessPrincipal): readonly Caller[] {
  switch (outsider.type) {
    case 'anyone':
      return [anonymous, aws, service('*')];
    case 'any-account':
      return [aws, service('*')];
    case 'service':
      return [service(outsider.service)];
    case 'federated': {
      const given = principal.type === 'Federated' ? principal.provider : '';
      return [federatedBy(given)];
    }
    default:
      return [aws];
  }
}

/** What the outsider itself says of its callers' keys. */
function knownOf(outsider: Outsider): Readonly<Record<string, string | undefined>> {
  switch (outsider.type) {
    case 'account': {
      const { account, principal } = outsider;
      const arn = principal === undefined ? undefined : principalArnOf(principal);
      return { 'aws:principalaccount': account, 'kms:calleraccount': account, 'aws:principalarn': arn };
    }
    case 'organization': {
      const [id = ''] = outsider.organization.split('/');
      return { 'aws:principalorgid': hasWildcard(id) ? undefined : id };
    }
    case 'service':
      return { 'aws:sourceaccount': isAccountId(outsider.source) ? outsider.source : undefined };
    default:
      return {};
  }
}

const noKeys = () => undefined;

/** Whether a Deny on these resources is about all that the Allow gives. */
const isOfAllResources = ({ operator, values, variables }: Condition, { statement }: Question): boolean =>
  !(operator.negated || variables || statement.notResource || statement.resourceVariables) &&
  statement.resources?.every((given) => values.some((value) => globCovers(value, given))) === true;

/** The sort of a caller says that a key is absent or what it is; of one's own account and organization it says nothing. */
function isOwn(key: string, { sort }: Caller): boolean {
  if (sort === 'service') return sourceKeys.has(key) || key === 'aws:sourceowner';
  return sort === 'aws' && identityKeys.includes(key);
}

/** Whether a line of a Deny holds for all of a sort of callers, or for none of them; undefined for some. */
function settled(condition: Condition, outsider: Outsider, caller: Caller, question: Question) {
  const { key } = condition;
  const holds = (value: KeyValue) => meets({ condition, wanted: true }, value, noKeys);
  const known = knownOf(outsider)[key];
  if (key === resourceKey) return isOfAllResources(condition, question) || undefined;
  if (condition.variables || networkKeys.test(key)) return undefined;
  // Of any provider's tokens, some are of the one provider that the line is about.
  const isOfProvider = isClaim(key) || key === 'aws:federatedprovider';
  if (outsider.type === 'federated' && outsider.provider === '*' && isOfProvider) return undefined;
  if (known !== undefined) return holds(known);
  const domain = domainOf(key, settingFor(question.setting, caller, 'internet'));
  if (domain.state === 'open')
    return domain.presence === 'always' && condition.operator.comparison === 'Null'
      ? holds('present')
      : undefined;
  return isOwn(key, caller) ? undefined : holds(domain.value);
}

/** The condition that holds just where a Deny's line does not; undefined where no one condition of the language does. */
function opposite(condition: Condition): Condition | undefined {
  const { facts, operator, values, writtenOperator } = condition;
  const { comparison, negated, quantifier, ifExists } = operator;
  const { type, multiValued } = facts;
  if (comparison === 'Bool' && quantifier === 'one' && ifExists && values.length === 1) {
    const value = values[0]?.toLowerCase() === 'false' ? 'true' : 'false';
    return {
      ...condition,
      operator: { ...operator, ifExists: false },
      values: [value],
      writtenOperator: 'Bool',
    };
  }
  if (!negated || quantifier === 'any' || (quantifier === 'all') !== multiValued) return undefined;
  if (comparison.startsWith('String') && type !== 'text') return undefined;
  if (comparison === 'ArnLike' && !values.every(hasArnSegments)) return undefined;
  return {
    ...condition,
    operator: {
      ...operator,
      negated: false,
      ifExists: false,
      quantifier: quantifier === 'all' ? 'any' : 'one',
    },
    writtenOperator: writtenOperator
      .replace(/not/i, '')
      .replace(/ifexists$/i, '')
      .replace(/^forallvalues/i, 'ForAnyValue'),
  };
}

/** Whether the Deny's Principal names all of the outsider's callers. */
function namesOutsider(
  { accounts, named, services, federated }: Principals,
  outsider: Outsider,
  callers: readonly Caller[],
  { statement }: Question,
): boolean {
  if (outsider.type === 'service') return services.includes(outsider.service);
  if (outsider.type === 'federated') {
    // Providers of several accounts go by one name.
    const alike = statement.principals.federated.filter((one) => providerName(one) === outsider.provider);
    const own = callers.map((caller) => (caller.sort === 'federated' ? caller.principal : ''));
    return [...alike, ...own].every((one) => federated.includes(one));
  }
  if (outsider.type !== 'account') return false;
  const { account, principal } = outsider;
  if (accounts.includes(account)) return true;
  return principal !== undefined && named.some(({ arn }) => isSame(arn, principal));
}

/** The one line of a Deny that decides for all of the outsider's callers; undefined when none or several do. */
function decisive(
  { statement, conditions }: Denying,
  outsider: Outsider,
  callers: readonly Caller[],
  question: Question,
): Condition | undefined {
  const { principals, notPrincipal } = statement;
  if (notPrincipal || !(principals.everyone || namesOutsider(principals, outsider, callers, question)))
    return undefined;
  const left: Condition[] = [];
  for (const condition of conditions) {
    const answers = callers.map((caller) => settled(condition, outsider, caller, question));
    if (answers.every((answer) => answer === false)) return undefined;
    if (!answers.every((answer) => answer === true)) left.push(condition);
  }
  return left.length === 1 ? left[0] : undefined;
}

/** The line as its statement has it: the search reads two keys that say one thing as one. */
function asWritten(line: Condition, { conditions }: Statement): Condition {
  const isSame = ({ writtenKey, writtenOperator }: Condition) =>
    writtenKey === line.writtenKey && writtenOperator === line.writtenOperator;
  return conditions.find(isSame) ?? line;
}

const isReversible = (condition: Condition) => opposite(condition) !== undefined;

/** Whether the Deny is about the caller and about all that is asked for, and a line of it can be turned round. */
function mayLeave(
  { statement, conditions }: Denying,
  asked: readonly AskedFor[],
  principal: WitnessPrincipal,
): boolean {
  if (!conditions.some(isReversible)) return false;
  if (statement.control) {
    if (principal.type === 'AWS' && isOfServiceLinkedRole(principal.arn)) return false;
    if (asked.some(({ question }) => question.mentions.serviceLinkedRoles)) return false;
  }
  return asked.every(({ question }) =>
    question.denies.some(
      (other) => other.statement === statement && other.conditions.length === conditions.length,
    ),
  );
}

/**
 * What the Denies leave of a grant, as conditions: `Deny ... NotIpAddress` leaves `IpAddress`. Of a Deny that is about
 * all that the grant gives and all to whom it gives, and that one line decides; and only what pins down who comes, or
 * from where. What a Deny asks beyond that (to use TLS, to encrypt) the sentence of the grant says.
 */
export function leftByDenies(
  asked: readonly AskedFor[],
  outsider: Outsider,
  principal: WitnessPrincipal,
): readonly GrantCondition[] {
  const [first] = asked;
  if (first === undefined || first.question.denies.length === 0) return none;
  let left: readonly GrantCondition[] = none;
  let callers: readonly Caller[] | undefined;
  for (const denying of first.question.denies) {
    if (!mayLeave(denying, asked, principal)) continue;
    callers ??= callersOf(outsider, principal);
    const line = decisive(denying, outsider, callers, first.question);
    const condition = line === undefined ? undefined : opposite(asWritten(line, denying.statement));
    if (condition === undefined) continue;
    const given = remaining(condition, outsider);
    if (given.bounds !== 'none' && given.bounds !== 'request') left = withOne(left, given);
  }
  return left;
}
