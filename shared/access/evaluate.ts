import { conditionHolds, type KeyValue } from '../iam/condition.ts';
import { globMatches } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { principalArnOf } from './caller.ts';
import { filledValues } from './goal.ts';
import type { Witness } from './grant.ts';

interface Request {
  readonly witness: Witness;
  readonly lookUp: (key: string) => KeyValue;
}

function namesPrincipal({ principals }: Statement, { witness, lookUp }: Request): boolean {
  if (principals.everyone) return true;
  const { principal } = witness;
  switch (principal.type) {
    case 'anonymous':
      return false;
    case 'AWS': {
      const account = lookUp('aws:principalaccount');
      if (typeof account === 'string' && principals.accounts.includes(account)) return true;
      const role = principalArnOf(principal.arn);
      return principals.named.some(({ arn }) => arn === principal.arn || arn === role);
    }
    case 'Service':
      return principals.services.includes(principal.service);
    case 'Federated':
      return principals.federated.includes(principal.provider);
    case 'CanonicalUser':
      return principals.canonicalUsers.includes(principal.id);
    default:
      return principal satisfies never;
  }
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
  if (namesPrincipal(statement, request) === statement.notPrincipal) return false;
  const action = request.witness.action.toLowerCase();
  const named = statement.actions.some((pattern) => globMatches(pattern.toLowerCase(), action));
  if (named === statement.notAction) return false;
  if (!trust && namesResource(statement, request) === statement.notResource) return false;
  return statement.conditions.every((condition) =>
    conditionHolds(condition, request.lookUp(condition.key), filledValues(condition, request.lookUp)),
  );
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
  const values = new Map(Object.entries(witness.context).map(([key, value]) => [key.toLowerCase(), value]));
  const request: Request = { witness, lookUp: (key) => values.get(key) };
  if (!applies(allow, request, trust)) return false;
  return !denies.some((deny) => deny.unknownOperators.length === 0 && applies(deny, request, trust));
}
