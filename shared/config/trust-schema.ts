import * as z from 'zod/mini';
import type { AccountId } from '../iam/arn.ts';
import * as rules from './trust-rules.ts';
import type { Mistake, Path } from './yaml-source.ts';

/** Who an entry of trust.yml is, why it is trusted, and through which day (UTC); always, when there is none. */
export interface Trusted {
  readonly name: string;
  readonly reason: string;
  /** `2027-12-31` */
  readonly until?: string | undefined;
}

/** What trust.yml adds to the organization. */
export interface TrustConfig {
  readonly accounts: readonly (Trusted & { readonly account: AccountId })[];
  readonly organizations: readonly (Trusted & { readonly organization: string })[];
  readonly organizationPaths: readonly (Trusted & { readonly path: string })[];
  readonly federatedTenants: readonly (Trusted & {
    readonly provider: string;
    readonly claim?: string | undefined;
    readonly value?: string | undefined;
  })[];
}

/** What tells the entries of a list apart; the first names an entry. */
const identityKeys = {
  accounts: ['account'],
  organizations: ['organization'],
  organizationPaths: ['path'],
  federatedTenants: ['provider', 'claim', 'value'],
} as const satisfies Record<keyof TrustConfig, readonly [string, ...string[]]>;

/** The keys that the map at a path may have: the root, `trusted`, or an entry of one of its lists. */
export function knownKeys(path: Path): readonly string[] {
  if (path.length === 0) return ['trusted'];
  if (path.length === 1) return Object.keys(identityKeys);
  return [...identityKeys[path[1] as keyof TrustConfig], 'name', 'reason', 'until'];
}

/** A mistake at a path below the value that is checked. */
const issue = (input: unknown, { what, remedy }: Mistake, path: PropertyKey[] = []) => ({
  code: 'custom' as const,
  input,
  message: what,
  params: { remedy },
  path,
});

const text = (rule: rules.Rule) =>
  z.string().check(({ value, issues }) => {
    const mistake = rule(value);
    if (mistake !== undefined) issues.push(issue(value, mistake));
  });

/** A key may be left out, or stand with nothing behind it, which YAML reads as the empty text. */
const orEmpty = <T extends z.ZodMiniType>(empty: unknown, schema: T) =>
  z.prefault(
    z.pipe(
      z.transform((value: unknown) => (value === '' || value === null ? empty : value)),
      schema,
    ),
    '',
  );

/** A list in which no two entries are the same one. */
const list = <T extends z.ZodMiniObject>(entry: T, [name, ...further]: readonly [string, ...string[]]) =>
  orEmpty(
    [],
    z.array(entry).check(({ value, issues }) => {
      const seen = new Set<string>();
      for (const [index, held] of value.entries()) {
        const texts = [name, ...further].map((key) => String(held[key] ?? '').replace(/\/\*$/, '/'));
        const identity = JSON.stringify(texts);
        if (seen.has(identity)) {
          const what = `${name} ${rules.quoted(String(held[name]))} is here twice`;
          issues.push(issue(held, { what, remedy: 'keep one of the two' }, [index, name]));
        }
        seen.add(identity);
      }
    }),
  );

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
    .check(({ value, issues }) => {
      if ((value.claim === undefined) === (value.value === undefined)) return;
      const what = '`claim` and `value` belong together';
      const remedy = 'write both, or neither where the provider itself is the tenant';
      issues.push(issue(value, { what, remedy }));
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
  return orEmpty({}, z.strictObject({ trusted: orEmpty({}, z.strictObject(lists)) }));
}
