import * as z from 'zod/mini';
import type { Deployer } from '../findings/deployer.ts';
import type { ExpectedGrant } from '../findings/expectation.ts';
import { usualOverdueDays } from '../findings/gap.ts';
import type { AccountId } from '../iam/arn.ts';
import { expectedKeys, expectedSchema } from './expected-schema.ts';
import { issue, list, orEmpty, text } from './schema-parts.ts';
import * as rules from './trust-rules.ts';
import type { Mistake, Path } from './yaml-source.ts';

/** Who an entry of trust.yml is, why it is trusted, and through which day (UTC); always, when there is none. */
export interface Trusted {
  readonly name: string;
  readonly reason: string;
  /** `2027-12-31` */
  readonly until?: string | undefined;
}

/** Who counts as inside, besides the organization. */
export interface TrustedLists {
  readonly accounts: readonly (Trusted & { readonly account: AccountId })[];
  readonly organizations: readonly (Trusted & { readonly organization: string })[];
  readonly organizationPaths: readonly (Trusted & { readonly path: string })[];
  readonly federatedTenants: readonly (Trusted & {
    readonly provider: string;
    readonly claim?: string | undefined;
    readonly value?: string | undefined;
  })[];
}

/** A line within the organization: who may get at the resources of its members, besides these themselves. */
export interface Boundary {
  readonly name: string;
  readonly reason: string;
  readonly accounts: readonly AccountId[];
  /** Units of our own organization, with all below them. */
  readonly organizationPaths: readonly string[];
  /** Of accounts: whoever has one of them is a member. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Names of the boundaries whose members may get in. */
  readonly trusts: readonly string[];
}

/** What accounts of somebody else are called. */
export interface Vendor {
  readonly name: string;
  readonly accounts: readonly AccountId[];
}

/** How trustwatch watches itself. */
export interface Watch {
  /** Who changes it on purpose. */
  readonly deployers: readonly Deployer[];
  /** A place that no audit has read for so many days is a gap. */
  readonly overdueDays: number;
}

/** What trust.yml says. */
export interface TrustConfig extends TrustedLists {
  readonly expected: readonly ExpectedGrant[];
  readonly boundaries: readonly Boundary[];
  readonly vendors: readonly Vendor[];
  readonly watch: Watch;
}

/** What tells the entries of a list apart; the first names an entry. */
const identityKeys = {
  accounts: ['account'],
  organizations: ['organization'],
  organizationPaths: ['path'],
  federatedTenants: ['provider', 'claim', 'value'],
} as const satisfies Record<keyof TrustedLists, readonly [string, ...string[]]>;

const boundaryKeys = ['name', 'reason', 'accounts', 'organizationPaths', 'tags', 'trusts'];

const tagKeys = ['key', 'value'];

const deployerKeys = ['principal', 'through', 'name', 'reason', 'until'];

/** The keys that the map at a path may have, which holds this: the root, `trusted`, an entry of a list, or a part of one. */
export function knownKeys(path: Path, held: unknown): readonly string[] {
  if (path.length === 0) return ['trusted', 'expected', 'boundaries', 'vendors', 'watch'];
  if (path[0] === 'expected') return expectedKeys(path.slice(2), held);
  if (path[0] === 'boundaries') return path.length === 2 ? boundaryKeys : tagKeys;
  if (path[0] === 'vendors') return ['name', 'accounts'];
  if (path[0] === 'watch') return path.length === 1 ? ['deployers', 'overdueDays'] : deployerKeys;
  if (path.length === 1) return Object.keys(identityKeys);
  return [...identityKeys[path[1] as keyof TrustedLists], 'name', 'reason', 'until'];
}

const names = (rule: rules.Rule) => orEmpty([], z.array(text(rule)));

const boundary = z.strictObject({
  name: text(rules.sentence),
  reason: text(rules.sentence),
  accounts: names(rules.account),
  organizationPaths: names(rules.organizationPath),
  tags: orEmpty([], z.array(z.strictObject({ key: text(rules.notEmpty), value: z.string() }))),
  trusts: names(rules.sentence),
});

/** A boundary that has no members, or trusts one that is not there, would watch over nothing in silence. */
const boundaries = z.pipe(
  list(boundary, ['name']),
  z.array(z.any()).check(({ value, issues }) => {
    const known = new Set((value as Boundary[]).map(({ name }) => name));
    for (const [index, boundary] of (value as Boundary[]).entries()) {
      const { name, accounts, organizationPaths, tags, trusts } = boundary;
      if (accounts.length + organizationPaths.length + tags.length === 0)
        issues.push(
          issue(
            value,
            {
              what: `boundary ${rules.quoted(name)} has no members`,
              remedy: 'name accounts, organizationPaths or tags',
            },
            [index],
          ),
        );
      for (const [place, other] of trusts.entries())
        if (!known.has(other))
          issues.push(
            issue(
              value,
              { what: `there is no boundary ${rules.quoted(other)}`, remedy: 'name one of this file' },
              [index, 'trusts', place],
            ),
          );
    }
  }),
) as z.ZodMiniType<readonly Boundary[]>;

const vendors = list(z.strictObject({ name: text(rules.sentence), accounts: z.array(text(rules.account)) }), [
  'name',
]);

const halfTenant: Mistake = {
  what: '`claim` and `value` belong together',
  remedy: 'write both, or neither where the provider itself is the tenant',
};

/** The schema of trust.yml; with `now`, a date before it is a mistake. */
export function trustSchema(now: Date | undefined) {
  const common = {
    name: text(rules.sentence),
    reason: text(rules.sentence),
    until: z.optional(text(rules.until(now))),
  };
  const tenant = z
    .strictObject({
      provider: text(rules.provider),
      claim: z.optional(text(rules.claim)),
      value: z.optional(text(rules.claimValue)),
      ...common,
    })
    .check(({ value: held, issues }) => {
      const { provider, claim, value } = held;
      const isWhole = (claim === undefined) === (value === undefined);
      const mistake = isWhole ? rules.tenantMistake(provider, claim, value) : halfTenant;
      if (mistake === undefined) return;
      const place = !isWhole ? [] : [claim === undefined ? 'provider' : 'claim'];
      issues.push(issue(held, mistake, place));
    });
  const lists = {
    accounts: list(z.strictObject({ account: text(rules.account), ...common }), identityKeys.accounts),
    organizations: list(
      z.strictObject({ organization: text(rules.organization), ...common }),
      identityKeys.organizations,
    ),
    organizationPaths: list(
      z.strictObject({ path: text(rules.organizationPath), ...common }),
      identityKeys.organizationPaths,
    ),
    federatedTenants: list(tenant, identityKeys.federatedTenants),
  };
  const deployer = z.strictObject({
    principal: text(rules.principalPattern),
    through: z.exactOptional(text(rules.service)),
    ...common,
    until: z.exactOptional(text(rules.until(now))),
  });
  const watch = z.strictObject({
    deployers: list(deployer, ['principal', 'through']),
    overdueDays: z.pipe(z._default(text(rules.days), String(usualOverdueDays)), z.transform(Number)),
  });
  return orEmpty(
    {},
    z.strictObject({
      trusted: orEmpty({}, z.strictObject(lists)),
      expected: expectedSchema(now),
      boundaries,
      vendors,
      watch: orEmpty({}, watch),
    }),
  );
}
