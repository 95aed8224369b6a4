import { accountSegment } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { globMatches, hasWildcard } from '../iam/glob.ts';
import { providerName } from '../iam/issuer.ts';
import type { FederatedCaller } from './caller.ts';
import { isRoot, rootsIn } from './organization-path.ts';
import type { FederatedTenant, Zone } from './zone.ts';

/** A tenant of an issuer that counts as inside. */
interface Tenant {
  /** A glob of the issuer's host and path, in lower case. */
  readonly provider: string;
  /** Of a SAML provider that is given by its ARN: a glob of that, in lower case. */
  readonly arn: string | undefined;
  /** The key that carries the claim, in lower case; undefined when the whole provider is the tenant. */
  readonly key: string | undefined;
  readonly value: string;
}

/** The zone with its lists made ready for look-up: its size costs nothing per decision. */
export interface CompiledZone {
  /** The organization of the resource's owner, inside as a whole or in part. */
  readonly organization: string | undefined;
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
  /** Globs of organization paths: a path counts with all that is below it. */
  readonly paths: readonly string[];
  /** By an organization's id, the ids of the root that its paths name. */
  readonly roots: ReadonlyMap<string, readonly string[]>;
  readonly canonicalUsers: ReadonlySet<string>;
  readonly tenants: readonly Tenant[];
}

/** A path that ends with a unit, and what is below it. */
const unitPath = /^(o-[a-z0-9]+)\/(?:.*\/)?(ou-[a-z0-9]+-[a-z0-9]+)\/\*$/;

/**
 * A path with all that is below it. A unit has one place in its organization, and cannot be moved: whoever is below it is
 * below the path, even if a policy leaves open where the unit is. Within another id it cannot be.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 */
function withAllBelow(path: string): string {
  // A star behind anything but a slash would take in organizations and units that begin alike.
  const below = path.replace(/\/?\*?$/, '/*');
  const [, organization, unit] = unitPath.exec(below) ?? [];
  return unit === undefined ? below : `${organization}/*${unit}/*`;
}

const compiled = new WeakMap<Zone, CompiledZone>();

function rootsBy(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, readonly string[]>();
  for (const path of paths) {
    const [id = ''] = path.split('/', 1);
    const named = rootsIn(path).filter(isRoot);
    if (named.length > 0 && !hasWildcard(id))
      roots.set(id, [...new Set([...(roots.get(id) ?? []), ...named])]);
  }
  return roots;
}

function compile(zone: Zone): CompiledZone {
  const own = zone.organization === undefined ? [] : [zone.organization];
  return {
    organization: zone.ownerOrganization ?? zone.organization,
    accounts: new Set(zone.accounts),
    organizations: new Set([...own, ...(zone.organizations ?? [])]),
    paths: (zone.organizationPaths ?? []).map(withAllBelow),
    roots: rootsBy(zone.organizationPaths ?? []),
    canonicalUsers: new Set(zone.canonicalUsers ?? []),
    tenants: gather(zone.federatedTenants ?? [], tenantOf),
  };
}

/** A claim without its value, or a value without its claim, tells no tenant from others: it trusts nobody. */
function tenantOf({ provider, claim, value }: FederatedTenant): Tenant | undefined {
  const name = providerName(provider).toLowerCase();
  const arn = provider.includes(':saml-provider/') ? provider.toLowerCase() : undefined;
  if (claim === undefined && value === undefined) return { provider: name, arn, key: undefined, value: '*' };
  if (claim === undefined || value === undefined) return undefined;
  const key = claim.includes(':') ? claim : `${name}:${claim}`;
  return { provider: name, arn, key: key.toLowerCase(), value };
}

/**
 * Whether the caller comes from the tenant's provider. An issuer is the same in all accounts, but whoever has an account
 * can call a SAML provider in it by any name: one that is given by its name alone is of an account inside.
 */
export function isFrom(
  { provider, arn }: Tenant,
  caller: FederatedCaller,
  accounts: ReadonlySet<string>,
): boolean {
  if (!globMatches(provider, caller.provider.toLowerCase())) return false;
  if (!caller.provider.startsWith('saml-provider/')) return true;
  if (arn === undefined) return accounts.has(accountSegment(caller.principal) ?? '');
  return globMatches(arn, caller.principal.toLowerCase());
}

/** The zone made ready, once per zone object. */
export function compileZone(zone: Zone): CompiledZone {
  const known = compiled.get(zone);
  if (known !== undefined) return known;
  const fresh = compile(zone);
  compiled.set(zone, fresh);
  return fresh;
}
