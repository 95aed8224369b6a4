import { isClaim, issuerOfClaim } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { builtInIssuers, issuerOf } from '../iam/issuer.ts';
import { none } from '../iam/none.ts';
import { admitFederated, conditionsOn } from './admit-federated.ts';
import { type Caller, federatedBy } from './caller.ts';
import { isFrom } from './compiled-zone.ts';
import { type Goal, madeCondition } from './goal.ts';
import { type Admission, admit, type Question } from './question.ts';

const providerKey = 'aws:federatedprovider';

/** Hosts are told apart without letter case; their paths, and the names of SAML providers, by it. */
function withLowerHost(name: string): string {
  const [host = ''] = name.split('/', 1);
  return host.toLowerCase() + name.slice(host.length);
}

/** The issuer of a claim, as a condition writes it: its path may have capitals. */
function issuerAsWritten(question: Question, key: string): string {
  const [condition] = conditionsOn(question, key);
  return withLowerHost(issuerOfClaim(condition?.writtenKey ?? key));
}

/** What a value of `aws:FederatedProvider` calls its provider; undefined where it leaves the name open. */
function nameIn(value: string): string | undefined {
  const [, kind = '', name = '*'] = /(oidc|saml)-provider\/(.+)$/i.exec(value) ?? [];
  if (hasWildcard(name) || value.includes('${')) return undefined;
  return kind.toLowerCase() === 'oidc' ? `oidc-provider/${withLowerHost(name)}` : `saml-provider/${name}`;
}

type ArnOf = (name: string) => string;

/** The providers of the role's account that are spoken of one by one. */
function namedProviders(question: Question, saml: boolean, arnOf: ArnOf): readonly string[] {
  const { mentions, zone, denies, statement } = question;
  const issuers = gather(mentions.keys, (key) => (isClaim(key) ? issuerAsWritten(question, key) : undefined));
  const tenants = gather(zone.tenants, ({ provider }) => (hasWildcard(provider) ? undefined : provider));
  const named = [
    ...gather([...issuers, ...tenants], (name) => {
      if (name.startsWith('saml-provider/')) return arnOf(name);
      return issuerOf(name).builtIn ? undefined : arnOf(`oidc-provider/${name}`);
    }),
    ...gather(conditionsOn(question, providerKey), ({ values }) => gather(values, nameIn)).map(arnOf),
    ...gather([statement, ...denies.map((one) => one.statement)], ({ principals }) => principals.federated),
  ];
  return named.filter((provider) => provider.includes(':saml-provider/') === saml);
}

/** What keeps a provider outside, and apart from those that are named. */
function unheardGoals({ zone }: Question, named: readonly string[], arnOf: ArnOf): readonly Goal[] {
  const trusted = gather(zone.tenants, (tenant) => {
    const { key, provider } = tenant;
    if (key !== undefined) return undefined;
    const arn = arnOf(provider.startsWith('saml-provider/') ? provider : `oidc-provider/${provider}`);
    return isFrom(tenant, federatedBy(arn), zone.accounts) ? arn : undefined;
  });
  const isNone = (
    comparison: 'StringEquals' | 'StringEqualsIgnoreCase' | 'StringLike',
    values: readonly string[],
  ) =>
    values.length === 0
      ? none
      : [{ condition: madeCondition(providerKey, comparison, values), wanted: false }];
  return [
    ...isNone('StringEquals', named),
    ...isNone(
      'StringEqualsIgnoreCase',
      trusted.filter((one) => !hasWildcard(one)),
    ),
    ...isNone('StringLike', trusted.filter(hasWildcard)),
  ];
}

/** Any provider of which nobody speaks, by a name that the conditions leave. */
function admitUnheard(question: Question, principal: string, goals: readonly Goal[]): Admission | undefined {
  const caller: Caller = { ...federatedBy(principal), unheard: true };
  const any = admit(question, caller, { type: 'federated', provider: '*', subject: 'any' }, goals);
  if (any === undefined) return undefined;
  return { ...any, caller: federatedBy(String(any.values.get(providerKey) ?? principal)) };
}

/**
 * A Principal of `*` takes tokens of every provider that the role's account knows, and of those that are built in: of
 * any, or of those that are named.
 */
export function admitAnyFederated(question: Question, saml: boolean): readonly Admission[] {
  const { owner, partition } = question.setting.scene;
  const arnOf: ArnOf = (name) => `arn:${partition}:iam::${owner}:${name}`;
  const named = namedProviders(question, saml, arnOf);
  const usual = arnOf(saml ? 'saml-provider/outsider' : 'oidc-provider/outsider.example.com');
  const any = admitUnheard(question, usual, unheardGoals(question, named, arnOf));
  if (any !== undefined) return [any];
  const all = new Set(saml ? named : [...named, ...builtInIssuers]);
  return gather(all, (provider) => admitFederated(question, provider));
}
