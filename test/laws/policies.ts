import fc from 'fast-check';
import type { DecisionInput } from '../../shared/access/decision.ts';
import { type Kind, kinds, outside, owner, principalElements, sessionOfServiceLinkedRole } from './cast.ts';
import { conditionLine, type Line, versions } from './conditions.ts';

/** A statement as a law turns it over: everything in lists. */
export interface Sentence {
  readonly effect: 'Allow' | 'Deny';
  readonly who: {
    readonly not: boolean;
    readonly element: '*' | Readonly<Record<string, readonly string[]>>;
  };
  readonly actions: { readonly not: boolean; readonly names: readonly string[] };
  readonly resources: { readonly not: boolean; readonly names: readonly string[] } | undefined;
  readonly lines: readonly Line[];
}

/** What a law starts from: the parts of a question, not yet text. */
export interface Draft {
  readonly kind: Kind;
  readonly version: string;
  readonly sentences: readonly Sentence[];
  readonly controls: readonly Sentence[];
  /** What the policy of the resource's part says, where that has one of its own. */
  readonly part: readonly Sentence[];
  /** Of a bucket: what its ACL says. */
  readonly acl: readonly Sentence[];
  readonly block: readonly ['ignorePublicAcls' | 'restrictPublicBuckets', boolean][];
  readonly zone: DecisionInput['zone'];
}

const some = <T>(values: readonly [T, ...T[]]) => fc.constantFrom(...values);
const few = <T>(values: readonly [T, ...T[]], most: number) =>
  fc.uniqueArray(some(values), { minLength: 1, maxLength: most });

const actionsOf = ({ actions }: Kind) =>
  fc.record({ not: fc.boolean().map(() => false), names: few(actions, 3) });

const negatable = <T>(arbitrary: fc.Arbitrary<T & { not: boolean }>, often: number) =>
  fc
    .tuple(arbitrary, fc.integer({ min: 0, max: 99 }))
    .map(([value, dice]) => ({ ...value, not: dice < often }));

const resourcesOf = (kind: Kind) =>
  kind.resources === undefined
    ? fc.constant(undefined)
    : negatable(fc.record({ not: fc.constant(false), names: few(kind.resources, 2) }), 8);

const whoOf = (kind: Kind) =>
  negatable(
    fc.record({ not: fc.constant(false), element: principalElements(kind) }),
    kind.id === 'iam:role' ? 5 : 8,
  );

/**
 * In a trust policy NotPrincipal stands in old Denies at most. No Deny names the session of a service-linked role: of
 * these, whom control policies spare, those get in that a policy names, so that the name in one more Deny lets in.
 */
function asWritten(sentence: Sentence, { id }: Kind): Sentence {
  const { who, effect } = sentence;
  if (effect === 'Allow') return id === 'iam:role' ? { ...sentence, who: { ...who, not: false } } : sentence;
  if (who.element === '*' || who.element.AWS?.includes(sessionOfServiceLinkedRole) !== true) return sentence;
  const others = who.element.AWS.filter((value) => value !== sessionOfServiceLinkedRole);
  return { ...sentence, who: { ...who, element: { ...who.element, AWS: [...others, outside] } } };
}

/** A statement about a kind. Denies are wider as a rule, so that they reach something. */
export const sentenceOf = (kind: Kind, effect: fc.Arbitrary<'Allow' | 'Deny'>): fc.Arbitrary<Sentence> =>
  fc
    .record({
      effect,
      who: whoOf(kind),
      actions: negatable(actionsOf(kind), 8),
      resources: resourcesOf(kind),
      lines: fc.array(conditionLine(kind), { maxLength: 3, size: 'max' }),
    })
    .map((sentence) => asWritten(sentence, kind));

const everyone = fc.constant({ not: false, element: '*' as const });

/** What a control policy is about: as a rule everything, or the resource, others like it, or some of its parts. */
function controlled({ arn, resources }: Kind) {
  const others = [arn, arn.replace(/\w+$/, 'other'), arn.replace(/\w+$/, '*'), ...(resources ?? [])];
  const names = ['*', '*', '*', ...others];
  return negatable(
    fc.record({ not: fc.constant(false), names: fc.constantFrom(...names).map((name) => [name]) }),
    8,
  );
}

const controlOf = (kind: Kind): fc.Arbitrary<Sentence> =>
  fc.record({
    effect: fc.constant('Deny' as const),
    who: everyone,
    actions: fc.record({ not: fc.constant(false), names: few(kind.actions, 2) }),
    resources: controlled(kind),
    lines: fc.array(conditionLine(kind), { maxLength: 2 }),
  });

const grantees = fc.constantFrom<Sentence['who']['element']>(
  '*',
  { AWS: ['*'] },
  { CanonicalUser: ['b'.repeat(64)] },
  { CanonicalUser: ['a'.repeat(64)] },
);

/** An ACL knows no conditions and no Deny. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const aclOf = ({ arn }: Kind): fc.Arbitrary<Sentence> =>
  fc.record({
    effect: fc.constant('Allow' as const),
    who: grantees.map((element) => ({ not: false, element })),
    actions: few(['s3:ListBucket', 's3:GetBucketAcl', 's3:PutObject'], 2).map((names) => ({
      not: false,
      names,
    })),
    resources: fc.constant({ not: false, names: [arn, `${arn}/*`] }),
    lines: fc.constant([]),
  });

const zone: fc.Arbitrary<DecisionInput['zone']> = fc
  .record({
    accounts: fc.subarray([owner, '444455556666', outside]),
    // The last is no path of anybody: others begin alike.
    organizationPaths: fc.subarray([
      'o-abc1234567/r-ab12/ou-ab12-11111111/*',
      'o-foreign001/r-ab12/*',
      'o-foreign*',
    ]),
    federatedTenants: fc.subarray([
      { provider: 'token.actions.githubusercontent.com', claim: 'sub', value: 'repo:acme/*' },
      { provider: 'saml-provider/Okta' },
      { provider: `arn:aws:iam::${outside}:saml-provider/Okta` },
      { provider: 'gitlab.com', claim: 'sub', value: 'project_path:acme/*' },
      // Half a tenant is nobody.
      { provider: 'gitlab.com', claim: 'sub' },
    ]),
    canonicalUsers: fc.subarray(['a'.repeat(64)]),
  })
  .chain((base) =>
    fc.constantFrom(
      { ...base, organization: 'o-abc1234567' },
      { ...base, organization: 'o-abc1234567' },
      { ...base, organization: 'o-abc1234567', ownerOrganization: 'o-foreign001' },
      base,
    ),
  );

const effects = fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny');

/** Policies of every kind, in which names meet each other often. */
export const draft: fc.Arbitrary<Draft> = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    version: versions,
    sentences: fc.array(sentenceOf(kind, effects), { minLength: 1, maxLength: 4 }),
    controls: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(controlOf(kind), { minLength: 1, maxLength: 2 }) },
    ),
    part: kind.part
      ? fc.oneof(fc.constant([]), fc.array(sentenceOf(kind, effects), { minLength: 1, maxLength: 2 }))
      : fc.constant([]),
    acl: kind.id === 's3:bucket' ? fc.array(aclOf(kind), { maxLength: 2 }) : fc.constant([]),
    block: kind.id.startsWith('s3:')
      ? fc.array(
          fc.tuple(
            fc.constantFrom('ignorePublicAcls' as const, 'restrictPublicBuckets' as const),
            fc.boolean(),
          ),
          { maxLength: 2 },
        )
      : fc.constant([]),
    zone,
  }),
);
