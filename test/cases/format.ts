import * as z from 'zod';

/**
 * A case: a policy, and who gets in by it. In YAML, where every scalar is text (an account id keeps its zeros).
 *
 * Left out, these stand: the owner 111122223333 in the zone o-abc1234567 with the accounts 111122223333 and
 * 444455556666; the kind's resource and one action of it; `Effect: Allow`; version 2012-10-17.
 */
const text = z.string();
const values = z.union([text, z.array(text)]);
const element = z.union([text, z.record(text, values)]);

const statement = z.strictObject({
  Sid: text.optional(),
  Effect: z.enum(['Allow', 'Deny']).default('Allow'),
  Principal: element.optional(),
  NotPrincipal: element.optional(),
  Action: values.optional(),
  NotAction: values.optional(),
  Resource: values.optional(),
  NotResource: values.optional(),
  Condition: z.record(text, z.record(text, values)).optional(),
});

const tenant = z.strictObject({ provider: text, claim: text.optional(), value: text.optional() });

const zone = z.strictObject({
  organization: text.optional(),
  ownerOrganization: text.optional(),
  accounts: z.array(text).default([]),
  organizationPaths: z.array(text).default([]),
  organizations: z.array(text).optional(),
  federatedTenants: z.array(tenant).optional(),
  canonicalUsers: z.array(text).optional(),
});

const outsider = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('anyone') }),
  z.strictObject({ type: z.literal('any-account') }),
  z.strictObject({ type: z.literal('account'), account: text, principal: text.optional() }),
  z.strictObject({ type: z.literal('account-pattern'), pattern: text }),
  z.strictObject({ type: z.literal('organization'), organization: text }),
  z.strictObject({ type: z.literal('service'), service: text, source: text }),
  z.strictObject({ type: z.literal('federated'), provider: text, subject: text }),
  z.strictObject({ type: z.literal('canonical-user'), id: text }),
]);

const settings = z.enum([
  'ignorePublicAcls',
  'restrictPublicBuckets',
  'blockPublicAcls',
  'blockPublicPolicy',
]);

const written = z.strictObject({
  name: text,
  kind: text.optional(),
  resource: text.optional(),
  owner: text.optional(),
  zone: zone.optional(),
  version: z.enum(['2012-10-17', '2008-10-17', 'none']).optional(),
  statements: z.union([statement, z.array(statement)]),
  acl: z.array(statement).optional(),
  /** What the policy is attached to, and the policies of the resource's parts. */
  attachedTo: z.array(text).optional(),
  parts: z
    .array(z.strictObject({ name: text, attachedTo: z.array(text), statements: z.array(statement) }))
    .optional(),
  controls: z.array(statement).optional(),
  blockPublicAccess: z.array(settings).optional(),
  outsiders: z.array(outsider),
  notes: z.array(text).optional(),
  bounds: z.record(text, z.enum(['caller', 'network', 'provider', 'request', 'none'])).optional(),
  why: text.optional(),
});

export const file = z.strictObject({ about: text, kind: text, why: text, cases: z.array(written) });

export type Written = z.infer<typeof written>;
export type WrittenStatement = z.infer<typeof statement>;
