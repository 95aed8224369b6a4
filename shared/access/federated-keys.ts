import { isClaim, issuerOfClaim } from '../iam/context-key.ts';
import { type Issuer, issuerOf } from '../iam/issuer.ts';
import { remembering } from '../iam/memory.ts';
import { sourceKeys } from './aws-keys.ts';
import type { Caller } from './caller.ts';
import { isOfCredentials } from './credential-keys.ts';
import { absent, type Domain, fixed, open, plainText } from './domain.ts';

type FederatedCaller = Extract<Caller, { sort: 'federated' }>;

const notOfTokens =
  /^aws:(principal(?!tag)|multifactor|username|userid|sourceowner|tokenissuetime|assumedroot|calledvia)/;
/** Issuers whose tokens are not of the OpenID Connect form. */
const withoutSubject = /^(www\.amazon\.com|graph\.facebook\.com)$/;

/** A claim of the key's own issuer. Names of tenants hold no wildcards, so that a star taken literally names nobody. */
const claimDomain = remembering((key): Domain => {
  const provider = issuerOfClaim(key);
  const known = issuerOf(provider);
  const standard = !withoutSubject.test(provider) && /:(sub|aud)$/.test(key);
  return open(key, {
    presence: standard ? 'always' : 'optional',
    ...(key === known.tenantKey && known.listed ? plainText : {}),
  });
});

/** Whether a claim is of the provider itself, not of one whose name goes on (`idp.example.com:8443`). */
function isOf({ prefix }: Issuer, key: string): boolean {
  return key.startsWith(prefix) && key.lastIndexOf(':') === prefix.length - 1;
}

/** What is not in a call that brings a token or an assertion. */
const isForeign = remembering((key) => sourceKeys.has(key) || notOfTokens.test(key) || isOfCredentials(key));

/** What a key can be in the call that brings a token or an assertion. */
export function federatedKey(key: string, { provider, principal, issuer }: FederatedCaller): Domain {
  const saml = provider.startsWith('saml-provider/');
  if (key === 'aws:federatedprovider') return fixed(principal);
  if (key.startsWith('saml:')) return saml ? open(key) : absent;
  if (isClaim(key)) {
    return !saml && isOf(issuer, key) ? claimDomain(key) : absent;
  }
  return isForeign(key) ? absent : open(key);
}
