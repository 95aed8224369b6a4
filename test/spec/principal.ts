import { accountOfArn, arnParts } from './arn.ts';
import type { PrincipalElement, Statement } from './policy.ts';
import type { Principal } from './request.ts';
import { all, any, not, type Truth, truth } from './truth.ts';

/** `role/path/ci` and `assumed-role/ci/session` → `ci`. */
export function roleNameOf(arn: string): string | undefined {
  const [type, ...rest] = (arnParts(arn)?.[5] ?? '').split('/');
  if (type === 'role') return rest.at(-1);
  return type === 'assumed-role' ? rest[0] : undefined;
}

const isSession = (arn: string) => arnParts(arn)?.[5]?.startsWith('assumed-role/') === true;

/** `arn:…:oidc-provider/HOST/PATH` → `HOST/PATH`; `arn:…:saml-provider/NAME` → `saml-provider/NAME`. */
export function issuerOf(provider: string): string {
  return (arnParts(provider)?.[5] ?? provider).replace(/^oidc-provider\//, '');
}

function providerMatches(written: string, provider: string): boolean {
  if (written.startsWith('arn:') && provider.startsWith('arn:')) return written === provider;
  return issuerOf(written) === issuerOf(provider);
}

/** An account is written as its twelve digits or as its root ARN, and stands for every caller of it. */
function accountWritten(written: string): string | undefined {
  if (/^\d{12}$/.test(written)) return written;
  const parts = arnParts(written);
  return parts?.[2] === 'iam' && parts[5] === 'root' ? accountOfArn(written) : undefined;
}

/** Whether what is written is an account's number, or an ARN of the caller's partition. */
const isOfPartition = (written: string, arn: string): boolean =>
  arnParts(written) === undefined || arnParts(written)?.[1] === arnParts(arn)?.[1];

/**
 * One value under `AWS`. A role stands for its sessions, whose ARN leaves the role's path out; a session for
 * itself alone. A bare unique id (AROA…, AIDA…) is what AWS leaves of a principal that was deleted: nobody. An
 * ARN with a wildcard in it is illegal: nobody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function awsMatches(written: string, arn: string): boolean {
  const account = accountWritten(written);
  if (account !== undefined) return account === accountOfArn(arn) && isOfPartition(written, arn);
  if (written === arn) return true;
  const isRole = arnParts(written)?.[5]?.startsWith('role/') === true;
  return (
    isRole &&
    isSession(arn) &&
    isOfPartition(written, arn) &&
    accountOfArn(written) === accountOfArn(arn) &&
    roleNameOf(written) === roleNameOf(arn)
  );
}

/** One value of a Principal element, against the caller. */
function valueMatches(type: string, written: string, principal: Principal): boolean {
  switch (principal.type) {
    case 'anonymous':
      return false;
    case 'AWS':
      return type === 'AWS' && awsMatches(written, principal.arn);
    case 'Service':
      return type === 'Service' && written === principal.service;
    case 'Federated':
      return type === 'Federated' && providerMatches(written, principal.provider);
    case 'CanonicalUser':
      return type === 'CanonicalUser' && written === principal.id;
    default:
      return principal satisfies never;
  }
}

/**
 * `"*"` and `{"AWS": "*"}` mean the same: everyone, the unsigned too (same page as above). Only where a policy
 * stands for an ACL do they differ: AllUsers is `"*"`, AuthenticatedUsers, all who sign, is `{"AWS": "*"}`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups
 */
function isEveryone(element: PrincipalElement, principal: Principal, policy: string): boolean {
  if (element === '*') return true;
  if (element.AWS?.includes('*') !== true) return false;
  return policy !== 'acl' || !['anonymous', 'Federated'].includes(principal.type);
}

function named(element: PrincipalElement, principal: Principal, policy: string): boolean {
  if (isEveryone(element, principal, policy)) return true;
  return Object.entries(element === '*' ? {} : element).some(([type, values]) =>
    values.some((written) => valueMatches(type, written, principal)),
  );
}

/** The ARNs under which AWS checks a caller one after the other: the account, the role or user, the session. */
function chainOf(principal: Principal): readonly Principal[] {
  if (principal.type !== 'AWS') return [principal];
  const { arn } = principal;
  const [, partition, , , account] = arnParts(arn) ?? [];
  const root: Principal = { type: 'AWS', arn: `arn:${partition}:iam::${account}:root` };
  return arn === root.arn ? [root] : [root, principal];
}

/** Whether a value names exactly this link of the chain; the account's ARN names the account alone here. */
function linkNamed(element: PrincipalElement, link: Principal, policy: string): boolean {
  if (link.type !== 'AWS' || isEveryone(element, link, policy)) return named(element, link, policy);
  const values = element === '*' ? [] : (element.AWS ?? []);
  if (link.arn.endsWith(':root'))
    return values.some(
      (written) => accountWritten(written) === accountOfArn(link.arn) && isOfPartition(written, link.arn),
    );
  return values.some((written) => accountWritten(written) === undefined && awsMatches(written, link.arn));
}

/**
 * Whether the statement is about the caller. NotPrincipal spares those whose account and role or user are both
 * listed; AWS says that with one of them missing it "might" deny, hence `unsure`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function principalMatches(statement: Statement, principal: Principal): Truth {
  const { principal: element, notPrincipal, policy } = statement;
  if (notPrincipal !== undefined) {
    const links = chainOf(principal).map((link) => truth(linkNamed(notPrincipal, link, policy)));
    return not(all(links) === any(links) ? all(links) : 'unsure');
  }
  return truth(element !== undefined && named(element, principal, policy));
}
