import type { KeyValue } from '../iam/condition.ts';
import { globMatches } from '../iam/glob.ts';
import { providerName } from '../iam/issuer.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { meets } from './goal.ts';
import type { Witness } from './grant.ts';
import { isSame } from './matching-principal.ts';
import { contextName } from './witness.ts';

interface Request {
  readonly witness: Witness;
  readonly lookUp: (key: string) => KeyValue;
}

function requestOf(witness: Witness): Request {
  const { principal, context } = witness;
  const provider = principal.type === 'Federated' ? providerName(principal.provider) : undefined;
  return { witness, lookUp: (key) => context[contextName(key, provider)] };
}

interface Named {
  readonly account: boolean;
  readonly itself: boolean;
}

/** Whether the element lists the caller's account, and whether it lists the caller itself. */
function namesPrincipal({ principals, policy }: Statement, { witness }: Request): Named {
  const both = (listed: boolean): Named => ({ account: listed, itself: listed });
  const { principal } = witness;
  if (principals.everyone)
    return both(principal.type !== 'anonymous' || policy !== 'acl' || !principals.everyoneSigned);
  switch (principal.type) {
    case 'anonymous':
      return both(false);
    case 'AWS': {
      const account = witness.context['aws:PrincipalAccount'];
      const listed = typeof account === 'string' && principals.accounts.includes(account);
      if (principal.arn.endsWith(':root')) return both(listed);
      return { account: listed, itself: principals.named.some(({ arn }) => isSame(arn, principal.arn)) };
    }
    case 'Service':
      return both(principals.services.includes(principal.service));
    case 'Federated':
      return both(principals.federated.includes(principal.provider));
    case 'CanonicalUser':
      return both(principals.canonicalUsers.includes(principal.id));
    default:
      return principal satisfies never;
  }
}

function speaksOfPrincipal(statement: Statement, request: Request): boolean {
  const { account, itself } = namesPrincipal(statement, request);
  if (!statement.notPrincipal) return account || itself;
  return statement.effect === 'Allow' ? !(account && itself) : !(account || itself);
}

function namesResource(statement: Statement, { witness, lookUp }: Request): boolean {
  const { resources, resourceVariables } = statement;
  if (resources === undefined) return true;
  return resources.some((written) => {
    const pattern = resourceVariables ? fillVariables(written, lookUp) : written;
    return pattern !== undefined && globMatches(pattern, witness.resource);
  });
}

/** Whether a statement applies to a request, element by element. */
function applies(statement: Statement, request: Request, trust: boolean): boolean {
  if (!speaksOfPrincipal(statement, request)) return false;
  const action = request.witness.action.toLowerCase();
  const named = statement.actions.some((pattern) => globMatches(pattern.toLowerCase(), action));
  if (named === statement.notAction) return false;
  if (!trust && namesResource(statement, request) === statement.notResource) return false;
  const { lookUp } = request;
  return statement.conditions.every((condition) => {
    const value = lookUp(condition.key);
    const isAllow = statement.effect === 'Allow';
    return meets({ condition, wanted: isAllow }, value, lookUp) === isAllow;
  });
}

/**
 * Whether the Allow admits the witness and no Deny stops it: the answer of the search, checked again by reading the
 * statements one by one. A Deny with an operator that AWS does not have stops nobody.
 */
export function allows(
  allow: Statement,
  denies: readonly Statement[],
  witness: Witness,
  trust: boolean,
): boolean {
  const request = requestOf(witness);
  if (!applies(allow, request, trust)) return false;
  return !denies.some((deny) => deny.unknownOperators.length === 0 && applies(deny, request, trust));
}

/** Why a Deny does not stop the witness, in a few words, where one of its elements alone says so. */
export function whySpared(deny: Statement, witness: Witness): string {
  const request = requestOf(witness);
  if (!speaksOfPrincipal(deny, request))
    return deny.notPrincipal ? 'spares such callers' : 'is about other callers';
  const { lookUp } = request;
  const failing = deny.conditions.find((condition) =>
    meets({ condition, wanted: false }, lookUp(condition.key), lookUp),
  );
  if (failing === undefined) return 'is about other resources';
  return `is only for ${failing.writtenOperator} ${failing.writtenKey} ${failing.values.join(' or ').slice(0, 80)}`;
}
