import type { DecisionInput } from '../../shared/access/decision.ts';
import { instanceOf } from './instance.ts';
import { pick } from './random.ts';
import { principalsOf, type Vocabulary, valuesFor } from './vocabulary.ts';

const builtIn = [
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
] as const;

const inLowerCase = (name: string) => name.replace(/^[^/]*/, (host) => host.toLowerCase());

/** Names of providers that a value of `aws:FederatedProvider` can mean: what it says behind its last known part. */
function namesLike(value: string, random: () => number): readonly string[] {
  const [, kind, name] = /(oidc|saml)-provider\/(.*)$/i.exec(value) ?? [];
  if (kind !== undefined && name !== undefined) {
    const written = instanceOf(name, random);
    return [
      kind.toLowerCase() === 'oidc' ? `oidc-provider/${inLowerCase(written)}` : `saml-provider/${written}`,
    ];
  }
  const end = instanceOf(value.replace(/^.*[:/]/, ''), random);
  return [`oidc-provider/${end}`, `oidc-provider/idp.${end}`, `saml-provider/${end}`];
}

/** The providers of the role's account that the policies may mean, and some that they do not. */
export function providersFor(
  { lines, statements }: Vocabulary,
  { resource: { owner } }: DecisionInput,
  random: () => number,
): readonly string[] {
  const values = valuesFor(lines, 'aws:FederatedProvider');
  const issuers = lines.flatMap(({ key }) => /^([^:]*\..*):[^:]*$/.exec(key)?.[1] ?? []);
  const names = [
    ...issuers.map((issuer) => `oidc-provider/${inLowerCase(issuer)}`),
    ...values.flatMap((value) => namesLike(value, random)),
    'saml-provider/Stranger',
    pick(random, ['oidc-provider/gitlab.com', 'oidc-provider/idp.example.net/a']),
  ];
  return [
    ...names.map((name) => `arn:aws:iam::${owner}:${name}`),
    ...principalsOf(statements, 'Federated'),
    ...(values.length > 0 ? builtIn : [pick(random, builtIn)]),
  ];
}
