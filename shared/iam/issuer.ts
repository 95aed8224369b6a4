import data from './data/issuers.json' with { type: 'json' };
import { globMatches } from './glob.ts';
import { remembering } from './memory.ts';
import { none } from './none.ts';
import { asGlob } from './variable.ts';

/** How much a value of a claim says of whose token it is: that it is one tenant's, something of the tenant, or nothing. */
export type Tenancy = 'one' | 'some' | 'any';

/** An issuer of tokens that is known by name. */
export interface Issuer {
  readonly name: string;
  /** Its host and path, as a policy writes them. */
  readonly provider: string;
  /** The key that tells tenants apart: `token.actions.githubusercontent.com:sub`, in lower case. */
  readonly tenantKey: string;
  /** The claim of that key alone: `sub`. */
  readonly claim: string;
  /** Whether many tenants share the issuer, so that the claim must be pinned. */
  readonly shared: boolean;
  /** Whether the issuer is in the list at all. */
  readonly listed: boolean;
  /** What a value of the tenant's key says of the tenant. Letter case aside: what differs in it is nobody's. */
  readonly tenancy: (value: string) => Tenancy;
  /** What a value of another claim says of the tenant; undefined where that claim tells none apart. */
  readonly tenancyBy: (claim: string, value: string) => Tenancy | undefined;
  /** Whether its subjects are made of other claims with their names: `repository_owner:acme:ref:refs/heads/main`. */
  readonly composed: boolean;
  /** Behind which parts of its subjects any signs may be, wildcards too: the name of an environment is free. */
  readonly free: readonly string[];
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
  readonly issuer: readonly string[];
  readonly name: string;
  readonly claim: string;
  /**
   * How values name the tenant: `{}` stands for its name, the sign behind it ends that, and `*` before it for a text
   * without a colon. Left out, the value is the name.
   */
  readonly tenants?: readonly string[];
  /** Other claims that tell one tenant, or one of its identities, from all others, and how their values name it. */
  readonly others?: Readonly<Record<string, readonly string[]>>;
  readonly composed?: boolean;
  /** Whether a subject may be nothing but the id that the issuer gave to something of a tenant's. */
  readonly ids?: boolean;
  readonly free?: readonly string[];
  readonly private?: boolean;
  readonly builtIn?: boolean;
}

interface Naming {
  readonly one: RegExp;
  readonly some: RegExp;
}

/** Claims of a composed subject come in an order of the tenant's choice; none of their values holds a colon. */
function namingOf(template: string, composed: boolean): Naming {
  const [before = '', end = ''] = template.split('{}');
  const start = `^${composed ? '(?:.*:)?' : ''}${before.replaceAll('.', '\\.').replaceAll('*', '[^:]*')}`;
  return {
    one: new RegExp(`${start}[^*?:/]+(?:$${end === '' ? '' : `|${end}`})`, 'i'),
    some: new RegExp(`${start}[*?]*[^*?:/]`, 'i'),
  };
}

const noNamings: ReadonlyMap<string, readonly Naming[]> = new Map();

/** A UUID, and what is left of one. */
const wholeId: Naming = {
  one: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  some: /^[*?]*[0-9a-f][0-9a-f*?-]*$/i,
};

const wholeName: readonly Naming[] = [{ one: /^[^*?]+$/, some: /[^*?]/ }];

/** What a value says of the tenant; whatever a variable stands for, the token or its call may have said. */
function tenancyBy(namings: readonly Naming[], value: string): Tenancy {
  const text = asGlob(value);
  if (namings.some(({ one }) => one.test(text))) return 'one';
  return namings.some(({ some }) => some.test(text)) ? 'some' : 'any';
}

function namingsOf({ tenants, composed, ids }: Row): readonly Naming[] {
  if (tenants === undefined) return wholeName;
  const namings = tenants.map((template) => namingOf(template, composed === true));
  return ids === true ? [...namings, wholeId] : namings;
}

const rows = (data.issuers as readonly Row[]).map((row) => ({
  ...row,
  namings: namingsOf(row),
  otherNamings: new Map(
    Object.entries(row.others ?? {}).map(([claim, templates]) => [
      claim,
      templates.map((template) => namingOf(template, false)),
    ]),
  ),
}));

/** The issuers that every role can name as they are. */
export const builtInIssuers: readonly string[] = rows
  .filter(({ builtIn }) => builtIn === true)
  .flatMap(({ issuer }) => issuer);

function nameOf(principal: string): string {
  const marker = ':oidc-provider/';
  const at = principal.indexOf(marker);
  if (at !== -1) return principal.slice(at + marker.length);
  const saml = principal.indexOf(':saml-provider/');
  return saml === -1 ? principal : principal.slice(saml + 1);
}

/** What a Federated principal names: `token.actions.githubusercontent.com`, `saml-provider/Okta`. */
export const providerName: (principal: string) => string = remembering(nameOf);

/** Whether a provider brings assertions of SAML, whose keys are called after no issuer: `saml:sub`. */
export const isSaml = (provider: string): boolean => providerName(provider).startsWith('saml-provider/');

function findIssuer(provider: string): Issuer {
  const lower = provider.toLowerCase();
  const row = rows.find(({ issuer }) => issuer.some((glob) => globMatches(glob, lower)));
  // One that is not listed is told apart by its subject.
  const { claim, namings, otherNamings } = row ?? {
    claim: 'sub',
    namings: wholeName,
    otherNamings: noNamings,
  };
  return {
    name: row?.name ?? provider,
    provider,
    claim,
    tenantKey: (claim.includes(':') ? claim : `${lower}:${claim}`).toLowerCase(),
    listed: row !== undefined,
    shared: row !== undefined && row.private !== true,
    builtIn: row?.builtIn === true,
    tenancy: (value) => tenancyBy(namings, value),
    tenancyBy: (other, value) => {
      const how = otherNamings.get(other);
      return how && tenancyBy(how, value);
    },
    composed: row?.composed === true,
    free: row?.free ?? none,
    prefix: `${lower}:`,
    standard: ['sub', 'aud'].map((one) => ({ key: `${lower}:${one}`, name: `${provider}:${one}` })),
  };
}

/** What is known of an issuer by its host and path; one that is not listed has its tenants told apart by `sub`. */
export const issuerOf: (provider: string) => Issuer = remembering(findIssuer);

/** What a value of a claim says of the tenant; undefined where the claim is about something else. */
export function tenancyOf(issuer: Issuer, key: string, value: string): Tenancy | undefined {
  const { tenantKey, composed, prefix, tenancy, tenancyBy } = issuer;
  if (key === tenantKey) return tenancy(value);
  if (!key.startsWith(prefix)) return undefined;
  const claim = key.slice(prefix.length);
  return tenancyBy(claim, value) ?? (composed ? tenancy(`${claim}:${value}`) : undefined);
}

/** The name of a claim of the issuer, given in lower case; undefined where the key is none of its claims. */
export function claimName(key: string, { prefix, standard, provider }: Issuer): string | undefined {
  for (let i = 0; i < standard.length; i += 1) {
    const claim = standard[i] as Claim;
    if (claim.key === key) return claim.name;
  }
  return key.startsWith(prefix) ? provider + key.slice(provider.length) : undefined;
}
