import type { Condition } from '../iam/condition.ts';
import { globMatches } from '../iam/glob.ts';
import { issuerOf, providerName } from '../iam/issuer.ts';
import { remembering } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { withOne } from '../iam/with-one.ts';
import { conditionWords } from './condition-words.ts';
import { type LookUp, mayHold } from './goal.ts';
import type { Witness } from './grant.ts';
import { isSame } from './matching-principal.ts';
import { isOfServiceLinkedRole } from './service-linked-role.ts';
import { contextName } from './witness.ts';

const inLowerCase = remembering((text) => text.toLowerCase());

interface Request {
  readonly witness: Witness;
  /** In lower case: actions are told apart without letter case. */
  readonly action: string;
  readonly lookUp: LookUp;
}

/** The element of a statement for which it does not apply to a request. */
export type Mismatch = 'principal' | 'action' | 'resource' | Condition;

function requestOf(witness: Witness): Request {
  const { principal, context } = witness;
  const issuer = principal.type === 'Federated' ? issuerOf(providerName(principal.provider)) : undefined;
  const action = inLowerCase(witness.action);
  const lookUp: LookUp = (key) => {
    const value = context[contextName(key, issuer)];
    // Policies name keys as they like: what every object has (`constructor`) is no value.
    return typeof value === 'string' || Array.isArray(value) ? value : undefined;
  };
  return { witness, action, lookUp };
}

const bothIf = (listed: boolean) => (listed ? 3 : 0);

function lists(named: Statement['principals']['named'], caller: string): boolean {
  for (let i = 0; i < named.length; i += 1)
    if (isSame((named[i] as (typeof named)[number]).arn, caller)) return true;
  return false;
}

/** Whether the element lists the caller's account (1), the caller itself (2), both (3), or neither. */
function namesPrincipal({ principals, policy }: Statement, { witness }: Request): number {
  const { principal } = witness;
  if (principals.everyone)
    return bothIf(principal.type !== 'anonymous' || policy !== 'acl' || !principals.everyoneSigned);
  switch (principal.type) {
    case 'anonymous':
      return 0;
    case 'AWS': {
      const account = witness.context['aws:PrincipalAccount'];
      const listed = typeof account === 'string' && principals.accounts.includes(account);
      if (principal.arn.endsWith(':root')) return bothIf(listed);
      return (listed ? 1 : 0) + (lists(principals.named, principal.arn) ? 2 : 0);
    }
    case 'Service':
      return bothIf(principals.services.includes(principal.service));
    case 'Federated':
      return bothIf(principals.federated.includes(principal.provider));
    case 'CanonicalUser':
      return bothIf(principals.canonicalUsers.includes(principal.id));
    default:
      return principal satisfies never;
  }
}

function speaksOfPrincipal(statement: Statement, request: Request): boolean {
  const { principal } = request.witness;
  if (statement.control && principal.type === 'AWS' && isOfServiceLinkedRole(principal.arn)) return false;
  const named = namesPrincipal(statement, request);
  if (!statement.notPrincipal) return named > 0;
  return statement.effect === 'Allow' ? named < 3 : named === 0;
}

function namesAction({ actions }: Statement, { witness, action }: Request): boolean {
  for (let i = 0; i < actions.length; i += 1) {
    const pattern = actions[i] as string;
    if (pattern === witness.action || globMatches(inLowerCase(pattern), action)) return true;
  }
  return false;
}

function namesResource(statement: Statement, { witness, lookUp }: Request): boolean {
  const { resources, resourceVariables } = statement;
  if (resources === undefined) return true;
  for (let i = 0; i < resources.length; i += 1) {
    const written = resources[i] as string;
    const pattern = resourceVariables ? fillVariables(written, lookUp) : written;
    if (pattern !== undefined && globMatches(pattern, witness.resource)) return true;
  }
  return false;
}

/** Why a statement does not apply to a request, element by element; undefined when it does. */
function mismatch(statement: Statement, request: Request, trust: boolean): Mismatch | undefined {
  if (!speaksOfPrincipal(statement, request)) return 'principal';
  if (namesAction(statement, request) === statement.notAction) return 'action';
  const { lookUp } = request;
  const isAllow = statement.effect === 'Allow';
  for (let i = 0; i < statement.conditions.length; i += 1) {
    const condition = statement.conditions[i] as Condition;
    if (mayHold(condition, isAllow, lookUp(condition.key), lookUp) !== isAllow) return condition;
  }
  if (trust && !statement.control) return undefined;
  return namesResource(statement, request) !== statement.notResource ? undefined : 'resource';
}

/** Why a Deny does not stop a request, in a few words. */
export function sayWhySpared(deny: Statement, why: Mismatch): string {
  switch (why) {
    case 'principal':
      if (deny.control) return 'binds no service-linked role';
      return `${deny.notPrincipal ? 'spares' : 'is only for'} those whom it names`;
    case 'action':
      return `${deny.notAction ? 'spares' : 'is only for'} the actions that it names`;
    case 'resource':
      return `${deny.notResource ? 'spares' : 'is only for'} the resources that it names`;
    default:
      return `is only for ${conditionWords(why, 80)}`;
  }
}

/**
 * Whether the Allow admits the witness and no Deny stops it: the answer of the search, checked again by reading the
 * statements one by one. Gives why each Deny does not stop it; undefined when one does, or the Allow does not admit.
 * A Deny with an operator that AWS does not have stops nobody, and is not among them.
 */
export function allows(
  allow: Statement,
  denies: readonly { readonly statement: Statement }[],
  witness: Witness,
  trust: boolean,
): readonly Mismatch[] | undefined {
  const request = requestOf(witness);
  if (mismatch(allow, request, trust) !== undefined) return undefined;
  let reasons: readonly Mismatch[] = none;
  for (let i = 0; i < denies.length; i += 1) {
    const { statement } = denies[i] as { readonly statement: Statement };
    const why = mismatch(statement, request, trust);
    if (why === undefined) return undefined;
    reasons = withOne(reasons, why);
  }
  return reasons;
}
