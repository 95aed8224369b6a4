import type { JudgedResource } from '../../shared/access/decision.ts';
import type { FederatedTenant, Zone } from '../../shared/access/zone.ts';
import services from '../../shared/iam/data/services.json' with { type: 'json' };
import { isAccessPoint } from './access-point-facts.ts';
import { accountOfArn } from './arn.ts';
import { accountOf } from './caller-facts.ts';
import { matches, plainPattern } from './pattern.ts';
import { issuerOf } from './principal.ts';
import { type Context, oneValue, type Principal, valuesOf } from './request.ts';
import { encryptsForAccount } from './source-facts.ts';

/**
 * Whoever puts a unit into the zone means the units below it as well, with or without a star at the end, and none whose
 * name begins like its own.
 */
const withAllBelow = (pattern: string): string => `${pattern.replace(/\*$/, '').replace(/\/$/, '')}/*`;

/**
 * Whether a path is through the unit at the end of another, which has one place in its organization, and is no part of
 * another's id. https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 */
function isThroughUnit(pattern: string, path: string): boolean {
  const [organization, ...below] = withAllBelow(pattern).split('/');
  const [unit = '', end] = below.slice(-2);
  const isUnit = /^ou-[a-z0-9]+-[a-z0-9]+$/.test(unit) && end === '*';
  return isUnit && path.startsWith(`${organization}/`) && path.includes(`${unit}/`);
}

/** Whether an account, or the organization and the path that AWS names beside it, is of the zone. */
function isMember(
  zone: Zone,
  account: string | undefined,
  organization: string | undefined,
  paths: readonly string[],
): boolean {
  if (account !== undefined && zone.accounts.includes(account)) return true;
  const organizations = [zone.organization, ...(zone.organizations ?? [])];
  if (organization !== undefined && organizations.includes(organization)) return true;
  return paths.some(
    (path) =>
      organizations.includes(path.split('/')[0]) ||
      zone.organizationPaths.some(
        (pattern) => matches(plainPattern(withAllBelow(pattern)), path) || isThroughUnit(pattern, path),
      ),
  );
}

/** A token of an issuer that the zone trusts: all of its tokens, or those whose claim fits. Half a claim fits nobody's. */
function isTenant(
  { provider, claim, value }: FederatedTenant,
  caller: string,
  context: Context,
  accounts: readonly string[],
): boolean {
  const issuer = issuerOf(caller);
  if (issuerOf(provider) !== issuer) return false;
  // Each account has SAML providers of its own, by whatever names; an ARN says whose is meant.
  if (issuer.startsWith('saml-provider/')) {
    const isOwn = provider.startsWith('arn:')
      ? provider === caller
      : accounts.includes(accountOfArn(caller) ?? '');
    if (!isOwn) return false;
  }
  if (claim === undefined || value === undefined) return claim === value;
  const claims = valuesOf(context, `${issuer}:${claim}`) ?? valuesOf(context, claim) ?? [];
  return claims.some((text) => matches(plainPattern(value), text));
}

/**
 * Services that assume a role only after someone of the role's own account passed it to them. Which ones is a
 * matter of fact and not of logic: the list is the decision's own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const passedTo: ReadonlySet<string> = new Set([...services.compute.services, ...services.passRole.services]);

/** `logs.eu-west-1.amazonaws.com` → `logs`. Each partition of AWS has an ending of its own. */
function isPassedTo(service: string): boolean {
  const name = service.replace(
    /\.(amazonaws\.(com(\.cn)?|eu)|s?c2s(\.[a-z]+){2}|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/,
    '',
  );
  return passedTo.has(name) || passedTo.has(name.replace(/\.[a-z]+(-[a-z]+)+-\d$/, ''));
}

/**
 * The trust policy of a service-linked role is its service's own, and the service takes the role for the account in
 * which it is. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const isServiceLinked = ({ arn }: JudgedResource): boolean => arn.includes(':role/aws-service-role/');

/**
 * IAM Identity Center of the organization makes the roles of permission sets, which nobody else can make or change, and
 * a provider in their account for them.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
const isPermissionSet = (provider: string, { arn, owner }: JudgedResource): boolean =>
  arn.includes(':role/aws-reserved/sso.amazonaws.com/') &&
  accountOfArn(provider) === owner &&
  /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/.test(provider);

/** Whether a token is of a tenant of the zone, or of those for whom Identity Center made the role. */
const isTrusted = (provider: string, context: Context, zone: Zone, resource: JudgedResource): boolean =>
  isPermissionSet(provider, resource) ||
  (zone.federatedTenants ?? []).some((tenant) => isTenant(tenant, provider, context, zone.accounts));

/** The account for whose resource a service acts: told, or part of the resource's ARN. */
function sourceOf(context: Context): string | undefined {
  return (
    oneValue(context, 'aws:SourceAccount') ??
    accountOfArn(oneValue(context, 'aws:SourceArn') ?? '') ??
    encryptsForAccount(context) ??
    oneValue(context, 'aws:SourceOwner')
  );
}

/**
 * Whether the caller is outside the zone of trust. The owner's account is always inside. A service is where the
 * account is for which it acts; when the request does not say, it may be anyone's. A request through an access
 * point was let in by that access point's own policy, and is of its account; that policy itself decides by the caller.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function isOutside(
  principal: Principal,
  context: Context,
  zone: Zone,
  resource: JudgedResource,
): boolean {
  const inside: Zone = { ...zone, accounts: [...zone.accounts, resource.owner] };
  const accessPoint =
    oneValue(context, 's3:DataAccessPointAccount') ??
    accountOfArn(oneValue(context, 's3:DataAccessPointArn') ?? '');
  if (!isAccessPoint(resource) && accessPoint !== undefined && inside.accounts.includes(accessPoint))
    return false;
  switch (principal.type) {
    case 'anonymous':
      return true;
    case 'CanonicalUser':
    case 'AWS':
      if (principal.type === 'CanonicalUser' && zone.canonicalUsers?.includes(principal.id)) return false;
      return !isMember(
        inside,
        accountOf(principal, context),
        oneValue(context, 'aws:PrincipalOrgID'),
        valuesOf(context, 'aws:PrincipalOrgPaths') ?? [],
      );
    case 'Service':
      if (resource.kind === 'iam:role' && (isPassedTo(principal.service) || isServiceLinked(resource)))
        return false;
      return !isMember(
        inside,
        sourceOf(context),
        oneValue(context, 'aws:SourceOrgID'),
        valuesOf(context, 'aws:SourceOrgPaths') ?? [],
      );
    case 'Federated':
      return !isTrusted(principal.provider, context, inside, resource);
    default:
      return principal satisfies never;
  }
}
