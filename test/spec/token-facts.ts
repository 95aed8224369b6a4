import type { Statement } from './policy.ts';
import { issuerOf } from './principal.ts';
import { type Context, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/**
 * The claims of a token come under its issuer's name: `token.actions.githubusercontent.com:sub`. Another
 * issuer's claims are not in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const claimsAreTheIssuers: Fact = ({ request: { principal, context } }) => {
  if (principal.type !== 'Federated') return undefined;
  const issuer = issuerOf(principal.provider).toLowerCase();
  const isSaml = issuer.startsWith('saml-provider/');
  const strange = Object.keys(context).find((key) => {
    const prefix = key.slice(0, key.lastIndexOf(':')).toLowerCase();
    return prefix.includes('.') && prefix !== issuer;
  });
  if (strange) return `a token of \`${issuer}\` has no \`${strange}\``;
  const saml = Object.keys(context).find((key) => key.toLowerCase().startsWith('saml:'));
  return saml && !isSaml ? `\`${saml}\` is of SAML` : undefined;
};

/**
 * A role's session that was bought with a token keeps what the token says, and whose it is. Users, root users and the
 * sessions of users were never given one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#cross-condition-keys-wif
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider
 */
const claimsAreOfRoles: Fact = ({ request: { principal, context } }) => {
  if (principal.type !== 'AWS' || !/:(user\/|federated-user\/|root$)/.test(principal.arn)) return undefined;
  const claim = Object.keys(context).find(
    (key) =>
      /^(saml:|aws:FederatedProvider$|[^:]*\.[^:]*:)/i.test(key) && valuesOf(context, key) !== undefined,
  );
  return claim && `\`${principal.arn}\` has no \`${claim}\``;
};

/**
 * A SAML provider has a name, an OpenID Connect provider the host and path of its issuer's URL.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
const providerHasName: Fact = ({ request: { principal } }) =>
  principal.type === 'Federated' &&
  /[*?$ ]|:(saml|oidc)-provider\/$|:saml-provider\/.*[^\w.-]/.test(principal.provider)
    ? `no provider is called \`${principal.provider}\``
    : undefined;

/** Issuers whose tokens are not of the OpenID Connect form. (Page of the claims, above.) */
const other = ['www.amazon.com', 'graph.facebook.com'];

const isEmpty = (context: Context, key: string): boolean =>
  valuesOf(context, key)?.some((value, index) => value === '' || index > 0) === true;

/** Every OpenID Connect token has a subject and an audience. https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
const tokenHasSubjectAndAudience: Fact = ({ request: { principal, context }, asksFor }) => {
  if (principal.type !== 'Federated') return undefined;
  const issuer = issuerOf(principal.provider);
  if (issuer.startsWith('saml-provider/') || other.includes(issuer)) return undefined;
  const missing = ['sub', 'aud']
    .map((claim) => `${issuer}:${claim}`)
    .find((key) => (asksFor(key) && valuesOf(context, key) === undefined) || isEmpty(context, key));
  return missing && `every token of \`${issuer}\` has \`${missing}\``;
};

/**
 * The shared issuers put names of organizations, repositories, branches and projects into the claim that tells their
 * tenants apart, or the id of an identity pool, and none of these can hold a wildcard: a policy that compares a star by
 * StringEquals admits nobody. What an environment, a workflow or its file may be called, GitHub does not say.
 * https://docs.github.com/en/actions/reference/security/oidc
 * https://git-scm.com/docs/git-check-ref-format
 * https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_IdentityPool.html
 */
const tenantClaims: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': 'sub',
  'gitlab.com': 'sub',
  'app.terraform.io': 'sub',
  'agent.buildkite.com': 'sub',
  'cognito-identity.amazonaws.com': 'aud',
  'cognito-identity-us-gov.amazonaws.com': 'aud',
  'cognito-identity.us-gov-east-1.amazonaws.com': 'aud',
  'cognito-identity.cn-north-1.amazonaws.com.cn': 'aud',
};

const tenantIsNoPattern: Fact = ({ request: { principal, context } }) => {
  if (principal.type !== 'Federated') return undefined;
  const issuer = issuerOf(principal.provider);
  const key = `${issuer}:${tenantClaims[issuer]}`;
  const named = (value: string) =>
    issuer === 'token.actions.githubusercontent.com'
      ? value.replace(/(environment|workflow|workflow_ref):.*/s, '')
      : value;
  const tenant = valuesOf(context, key)?.find((value) => /[*?]/.test(named(value)));
  return tenant && `no \`${key}\` is \`${tenant}\``;
};

/** Keys of sts:AssumeRole that a token's call does not have. (Same page, "AssumeRole keys".) */
const tokensHaveNoExternalId: Fact = ({ request: { action, context } }) =>
  valuesOf(context, 'sts:ExternalId') && action.toLowerCase() !== 'sts:assumerole'
    ? 'only sts:AssumeRole takes `sts:ExternalId`'
    : undefined;

/**
 * An ExternalId has two signs at least, and no wildcard among them.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
const externalIdIsNoPattern: Fact = ({ request: { context } }) => {
  const id = valuesOf(context, 'sts:ExternalId')?.find((value) => /^$|[*?$]/.test(value));
  return id === undefined ? undefined : `no external id is \`${id}\``;
};

/**
 * A claim's key begins with the provider's name in IAM, which is its URL without the scheme.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const keysAreNoUrls: Fact = ({ request: { context } }) => {
  const url = Object.keys(context).find((key) => /^https?:\/\//i.test(key));
  return url && `no request has \`${url}\``;
};

/**
 * A token is shown to STS. Whoever comes with the session that it bought comes as an AWS principal; a Federated
 * principal of another resource's policy names such sessions, and counts only where it is written.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
const tokensAreForSts: Fact = ({ question, request: { principal, action } }) => {
  if (principal.type !== 'Federated' || /^sts:AssumeRoleWith/i.test(action)) return undefined;
  const isNamed = question.statements.some((statement) => principalNames(statement, principal.provider));
  return isNamed ? undefined : 'a token is shown to STS and to nobody else';
};

const principalNames = ({ principal = '*' }: Statement, provider: string): boolean =>
  principal !== '*' &&
  (principal.Federated ?? []).some((written) => issuerOf(written) === issuerOf(provider));

export const tokenFacts: readonly Fact[] = [
  claimsAreTheIssuers,
  claimsAreOfRoles,
  providerHasName,
  tokensAreForSts,
  tokenHasSubjectAndAudience,
  tenantIsNoPattern,
  tokensHaveNoExternalId,
  externalIdIsNoPattern,
  keysAreNoUrls,
];
