import data from './data/issuers.json' with { type: 'json' };
import { globMatches } from './glob.ts';
import { remembering } from './memory.ts';

/** An issuer of tokens that is known by name. */
export interface Issuer {
  readonly name: string;
  /** The key that tells tenants apart: `token.actions.githubusercontent.com:sub`, in lower case. */
  readonly tenantKey: string;
  /** Whether many tenants share the issuer, so that the claim must be pinned. */
  readonly shared: boolean;
  /** Whether the issuer is in the list at all. */
  readonly listed: boolean;
  /** What a value must begin with to name one tenant. */
  readonly pinned: RegExp;
  /** What a value must hold to name part of a tenant: less of it is every tenant. */
  readonly named: RegExp;
  /** Whether every role can name it as it is, without an identity provider of its account. */
  readonly builtIn: boolean;
  /** What the keys of its claims begin with, in lower case. */
  readonly prefix: string;
  /** The subject and the audience, which every token of OpenID Connect has. */
  readonly standard: readonly Claim[];
}

/** A claim's key in lower case, and as AWS writes it: with the issuer's name as the provider has it. */
export interface Claim {
  readonly key: string;
  readonly name: string;
}

interface Row {
  readonly issuer: string;
  readonly name: string;
  readonly claim: string;
  readonly pinned?: string;
  readonly named?: string;
  readonly private?: boolean;
  readonly builtIn?: boolean;
}

const rows = (data.issuers as readonly Row[]).map((row) => ({
  ...row,
  // A subject begins with its tenant; an audience or an app is one name.
  pinned: new RegExp(row.pinned ?? (row.claim === 'sub' ? '^[^*?]+' : '^[^*?]+$')),
  named: new RegExp(row.named ?? '[^*?]'),
}));

/** The issuers that every role can name as they are. */
export const builtInIssuers: readonly string[] = rows
  .filter(({ builtIn }) => builtIn === true)
  .map(({ issuer }) => issuer);

/** One that is not listed is told apart by its subject. */
const unlisted = { claim: 'sub', pinned: /^[^*?]+/, named: /[^*?]/ };

function nameOf(principal: string): string {
  const marker = ':oidc-provider/';
  const at = principal.indexOf(marker);
  if (at !== -1) return principal.slice(at + marker.length);
  const saml = principal.indexOf(':saml-provider/');
  return saml === -1 ? principal : principal.slice(saml + 1);
}

/** What a Federated principal names: `token.actions.githubusercontent.com`, `saml-provider/Okta`. */
export const providerName: (principal: string) => string = remembering(nameOf);

function findIssuer(provider: string): Issuer {
  const lower = provider.toLowerCase();
  const row = rows.find(({ issuer }) => globMatches(issuer, lower));
  const { claim, pinned, named } = row ?? unlisted;
  return {
    name: row?.name ?? provider,
    tenantKey: (claim.includes(':') ? claim : `${lower}:${claim}`).toLowerCase(),
    listed: row !== undefined,
    shared: row !== undefined && row.private !== true,
    builtIn: row?.builtIn === true,
    pinned,
    named,
    prefix: `${lower}:`,
    standard: ['sub', 'aud'].map((one) => ({ key: `${lower}:${one}`, name: `${provider}:${one}` })),
  };
}

/** What is known of an issuer by its host and path; one that is not listed has its tenants told apart by `sub`. */
export const issuerOf: (provider: string) => Issuer = remembering(findIssuer);

/** The name of a claim of the provider, given in lower case; undefined where the key is none of its claims. */
export function claimName(key: string, provider: string): string | undefined {
  const { prefix, standard } = issuerOf(provider);
  for (let i = 0; i < standard.length; i += 1) {
    const claim = standard[i] as Claim;
    if (claim.key === key) return claim.name;
  }
  return key.startsWith(prefix) ? provider + key.slice(provider.length) : undefined;
}
