import type { Grant, Outsider } from '../../shared/access/grant.ts';
import { accountOfArn } from '../spec/arn.ts';
import { lineHolds } from '../spec/condition.ts';
import { matches, type Pattern, patternOf, plainPattern } from '../spec/pattern.ts';
import { issuerOf, roleNameOf } from '../spec/principal.ts';
import { type Context, oneValue, type Principal, type Request, valuesOf } from '../spec/request.ts';
import { encryptsForAccount } from '../spec/source-facts.ts';

const inLowerCase = (pattern: Pattern): Pattern =>
  pattern.map((sign) => ({ ...sign, character: sign.character.toLowerCase() }));
const like = (pattern: string, text: string) => matches(plainPattern(pattern), text);

/** The account that a caller belongs to, or through whose access point it comes. */
function accountsOf(principal: Principal, context: Context): readonly string[] {
  const own =
    principal.type === 'AWS' ? accountOfArn(principal.arn) : oneValue(context, 'aws:PrincipalAccount');
  const accessPoint =
    oneValue(context, 's3:DataAccessPointAccount') ??
    accountOfArn(oneValue(context, 's3:DataAccessPointArn') ?? '');
  return [own, accessPoint].flatMap((account) => account ?? []);
}

/** An organization by its id, by a path, or any. */
function isIn(organization: string, id: string | undefined, paths: readonly string[]): boolean {
  if (organization === '*') return id !== undefined || paths.length > 0;
  if (id !== undefined && like(organization, id)) return true;
  return paths.some((path) => like(organization, path) || path.startsWith(`${organization}/`));
}

/** A principal by its ARN, or by the role that a session is of; written as a policy writes it, or as a pattern. */
function isPrincipal(principal: string | undefined, arn: string, context: Context): boolean {
  if (principal === undefined || like(principal, arn)) return true;
  const shown = oneValue(context, 'aws:PrincipalArn');
  if (shown !== undefined && like(principal, shown)) return true;
  return principal.includes(':role/') && roleNameOf(principal) === roleNameOf(arn);
}

/** For whom a service acts, by account, by the account in an ARN of the source, or by organization. */
function isSource(source: string, context: Context): boolean {
  if (source === 'any') return true;
  const account =
    oneValue(context, 'aws:SourceAccount') ??
    accountOfArn(oneValue(context, 'aws:SourceArn') ?? '') ??
    encryptsForAccount(context) ??
    oneValue(context, 'aws:SourceOwner');
  if (account !== undefined && like(source, account)) return true;
  return isIn(source, oneValue(context, 'aws:SourceOrgID'), valuesOf(context, 'aws:SourceOrgPaths') ?? []);
}

/**
 * The claim that names a tenant is `sub` as a rule; of some issuers it is `aud` or another. Letter case is for the
 * grant's conditions to tell.
 */
function isSubject(subject: string, issuer: string, context: Context): boolean {
  if (subject === 'any') return true;
  const claims = Object.keys(context).filter(
    (key) =>
      key.toLowerCase().startsWith(`${issuer.toLowerCase()}:`) ||
      key.startsWith('saml:') ||
      key.startsWith('sts:'),
  );
  // It stands as its statement writes it, with variables if that knows them.
  const readings = [true, false].map((hasVariables) => patternOf(subject, context, hasVariables) ?? []);
  return claims.some((key) =>
    (valuesOf(context, key) ?? []).some((value) =>
      readings.some((reading) => matches(inLowerCase(reading), value.toLowerCase())),
    ),
  );
}

/** Whether the outsider includes the caller. */
export function includes(outsider: Outsider, principal: Principal, context: Context): boolean {
  switch (outsider.type) {
    case 'anyone':
      return true;
    // Who may come as any account may come through a service, by a token or by a canonical id as well.
    case 'any-account':
      return principal.type !== 'anonymous';
    case 'account':
      return (
        accountsOf(principal, context).includes(outsider.account) &&
        (principal.type !== 'AWS' || isPrincipal(outsider.principal, principal.arn, context))
      );
    case 'account-pattern':
      return accountsOf(principal, context).some((account) => like(outsider.pattern, account));
    case 'organization':
      return isIn(
        outsider.organization,
        oneValue(context, 'aws:PrincipalOrgID'),
        valuesOf(context, 'aws:PrincipalOrgPaths') ?? [],
      );
    case 'service':
      return (
        principal.type === 'Service' &&
        ['*', principal.service].includes(outsider.service) &&
        isSource(outsider.source, context)
      );
    case 'federated':
      return (
        principal.type === 'Federated' &&
        (outsider.provider === '*' || issuerOf(outsider.provider) === issuerOf(principal.provider)) &&
        isSubject(outsider.subject, issuerOf(principal.provider), context)
      );
    case 'canonical-user':
      return principal.type === 'CanonicalUser' && principal.id === outsider.id;
    default:
      return outsider satisfies never;
  }
}

/** Whether the request is one of those that the grant speaks of. */
export function covers({ outsider, actions, resources, conditions }: Grant, request: Request): boolean {
  const { principal, action, resource, context } = request;
  // A grant does not say which version its statement was written in.
  const isListed = (pattern: string) =>
    [true, false].some((hasVariables) => {
      const resolved = patternOf(pattern, context, hasVariables);
      return resolved !== undefined && matches(resolved, resource);
    });
  return (
    includes(outsider, principal, context) &&
    actions.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some(isListed) &&
    conditions.every((line) =>
      [true, false].some((hasVariables) => lineHolds(line, context, hasVariables) !== 'no'),
    )
  );
}
