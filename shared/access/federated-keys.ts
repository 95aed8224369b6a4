import { isClaim, issuerOfClaim } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { type Issuer, issuerOf } from '../iam/issuer.ts';
import { remembering } from '../iam/memory.ts';
import { sourceKeys } from './aws-keys.ts';
import type { FederatedCaller } from './caller.ts';
import { isOfCredentials } from './credential-keys.ts';
import { absent, type Domain, fixed, open } from './domain.ts';
import { classes, many, one, type Pattern, shape, type Token } from './pattern.ts';

const notOfTokens =
  /^aws:(principal(?!tag)|multifactor|username|userid|sourceowner|tokenissuetime|assumedroot|calledvia)/;
/** Issuers whose tokens are not of the OpenID Connect form. */
const withoutSubject = /^(www\.amazon\.com|graph\.facebook\.com)$/;

const plain = [one(classes.noWildcard), many(classes.noWildcard)];
const plainShapes = [shape(...plain)];
const withoutWildcards = {
  shape: () => plainShapes,
  accepts: (text: string) => /^[^*?]+$/.test(text),
};

/**
 * What tells tenants apart: names of theirs, of branches and the like hold no wildcards, so that a star taken literally
 * names nobody; a dollar sign they may hold. What a tenant calls its environments, nobody limits.
 * https://git-scm.com/docs/git-check-ref-format
 */
function tenantClaim({ free }: Issuer) {
  if (free.length === 0) return withoutWildcards;
  const behind = [one(classes.anything), many(classes.anything)];
  const shapes = [shape(...plain), ...free.map((part) => shape(many(classes.noWildcard), part, ...behind))];
  const test = new RegExp(`^(?:[^*?]+${free.map((part) => `|[^*?]*${part}.+`).join('')})$`, 's');
  return { shape: () => shapes, accepts: (text: string) => test.test(text) };
}

/** A claim of the key's own issuer. */
const claimDomain = remembering((key): Domain => {
  const provider = issuerOfClaim(key);
  const known = issuerOf(provider);
  const standard = !withoutSubject.test(provider) && /:(sub|aud)$/.test(key);
  return open(key, {
    presence: standard ? 'always' : 'optional',
    ...(key === known.tenantKey && known.listed ? tenantClaim(known) : {}),
  });
});

/** Whether a claim is of the provider itself, not of one whose name goes on (`idp.example.com:8443`). */
function isOf({ prefix }: Issuer, key: string): boolean {
  return key.startsWith(prefix) && key.lastIndexOf(':') === prefix.length - 1;
}

/** What is not in a call that brings a token or an assertion. */
const isForeign = remembering((key) => sourceKeys.has(key) || notOfTokens.test(key) || isOfCredentials(key));

/** Names of hosts, of so many parts. */
const hosts = [2, 3, 4, 5, 6].map((count) =>
  gather(Array.from({ length: count }), (_, at): readonly (string | Token)[] => [
    ...(at === 0 ? [] : ['.']),
    one(classes.lowerOrDigit),
    many(classes.unitCharacter),
  ]),
);

/**
 * The providers that an account can have: a name, or the URL of an issuer without its `https://`.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
function providersLike(usual: string): readonly Pattern[] {
  const prefix = usual.slice(0, usual.indexOf('/') + 1);
  if (prefix.endsWith(':saml-provider/'))
    return [shape(prefix, one(classes.providerName), many(classes.providerName))];
  const path = ['/', one(classes.urlPath), many(classes.urlPath)];
  return gather(hosts, (host) => [shape(prefix, ...host), shape(prefix, ...host, ...path)]);
}

/** A provider of which nobody speaks, of the same account and kind as the usual one. */
const someProvider = remembering((usual) =>
  open('aws:federatedprovider', { presence: 'always', fresh: [usual], shape: () => providersLike(usual) }),
);

/** What a key can be in the call that brings a token or an assertion. */
export function federatedKey(key: string, { provider, principal, issuer, unheard }: FederatedCaller): Domain {
  const saml = provider.startsWith('saml-provider/');
  if (key === 'aws:federatedprovider') return unheard ? someProvider(principal) : fixed(principal);
  if (key.startsWith('saml:')) return saml ? open(key) : absent;
  if (isClaim(key)) {
    return !saml && isOf(issuer, key) ? claimDomain(key) : absent;
  }
  return isForeign(key) ? absent : open(key);
}
