import * as z from 'zod/mini';
import { listSchema } from './list-message.ts';
import { messageSchema } from './message.ts';

const time = z.iso.datetime();
const text = z.string();
const texts = z.array(text);
const severity = z.enum(['critical', 'high', 'medium', 'low']);

const outsider = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('anyone') }),
  z.strictObject({ type: z.literal('any-account') }),
  z.strictObject({ type: z.literal('account'), account: text, principal: z.optional(text) }),
  z.strictObject({ type: z.literal('account-pattern'), pattern: text }),
  z.strictObject({ type: z.literal('organization'), organization: text }),
  z.strictObject({ type: z.literal('service'), service: text, source: text }),
  z.strictObject({ type: z.literal('federated'), provider: text, subject: text }),
  z.strictObject({ type: z.literal('canonical-user'), id: text }),
]);

const conditions = z.array(
  z.strictObject({
    key: text,
    operator: text,
    values: texts,
    bounds: z.enum(['caller', 'network', 'provider', 'request', 'none']),
  }),
);

const excerpts = z.optional(
  z.array(
    z.strictObject({
      name: text,
      text: text.check(z.describe('As it was read: untrusted')),
      cut: z.optional(z.boolean().check(z.describe('A part of the text: it is longer'))),
    }),
  ),
);

const grant = z.strictObject({
  outsider,
  actions: texts,
  resources: texts,
  conditions,
  statements: z.array(z.strictObject({ policy: text, index: z.int(), sid: z.optional(text) })),
  witness: z.strictObject({
    action: text,
    resource: text,
    principal: z.looseObject({ type: z.enum(['anonymous', 'AWS', 'Service', 'Federated', 'CanonicalUser']) }),
    context: z.record(text, z.union([text, texts])),
  }),
  because: text,
});

const cause = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('audit'), audit: text }),
  z.strictObject({
    by: z.literal('change'),
    eventId: text,
    eventName: text,
    eventTime: text,
    actor: z.strictObject({
      principal: text,
      sourceAddress: z.optional(text),
      userAgent: z.optional(text),
      tool: z.optional(text.check(z.describe('What it was made with, by the user agent: a hint, no proof'))),
      madeBy: z.optional(z.enum(['person', 'pipeline', 'service', 'unknown'])),
    }),
  }),
]);

const departed = z.optional(
  z
    .literal(true)
    .check(z.describe('Resolved because the account is not of the organization any more: nobody has looked')),
);

const expectation = z.strictObject({
  entry: text,
  owner: text,
  reason: text,
  ticket: z.optional(text),
  until: text,
});

const unread = z.strictObject({
  reason: z.enum([
    'denied',
    'role-missing',
    'throttled',
    'region-off',
    'malformed',
    'not-finished',
    'overdue',
    'failed',
  ]),
  message: text,
});

/** The body of one message: what subscribers may rely on. Kept in step with the code and with its JSON Schema by a test. */
export const messageBody = z.strictObject({
  schema: z.literal(messageSchema).check(z.describe('The name and version of this form')),
  id: text.check(z.describe('Of this transition: the same when it is delivered twice')),
  status: z.enum(['new', 'changed', 'expected', 'resolved']),
  type: z
    .enum(['access', 'gap', 'tamper'])
    .check(
      z.describe(
        'A grant to an outsider, something that could not be read, or a change to what trustwatch itself needs',
      ),
    ),
  findingId: text.check(z.describe('Of the finding: the same from new to resolved')),
  severity,
  title: text.check(z.describe('One line')),
  account: z.optional(text),
  region: z.optional(text),
  kind: z.optional(text),
  resource: z.optional(text.check(z.describe('The ARN'))),
  grant: z.optional(grant),
  vendor: z.optional(text.check(z.describe('The name of the account of the outsider'))),
  former: z.optional(
    text.check(z.describe('What has become of the account of the outsider, which was inside once')),
  ),
  boundary: z.optional(text.check(z.describe('The line within the organization that the grant crosses'))),
  power: z.optional(
    z
      .enum(['administrator', 'unread'])
      .check(z.describe('Whether the role administers its account; not known when `unread`')),
  ),
  expectation: z.optional(expectation.check(z.describe('The entry of trust.yml that covers the grant'))),
  ended: z.optional(
    expectation.check(z.describe('The entry that covered the grant until its last day was over')),
  ),
  unread: z.optional(unread),
  tampered: z.optional(
    z
      .strictObject({ part: text, name: text.check(z.describe('As the record names it: untrusted')) })
      .check(z.describe('What of trustwatch was changed; who did it and how is the cause')),
  ),
  before: z.optional(z.strictObject({ severity, grant: z.optional(grant), unread: z.optional(unread) })),
  newlyPossible: z.optional(
    z
      .strictObject({ actions: texts, resources: texts, droppedConditions: conditions })
      .check(z.describe('What the outsider can do now and could not before; empty lists when nothing')),
  ),
  policies: z.optional(
    z
      .strictObject({ before: excerpts, after: excerpts })
      .check(
        z.describe('The texts before and after: an empty list when there was none, no list when unknown'),
      ),
  ),
  unannounced: z.optional(
    z.literal(true).check(z.describe('An audit saw a change of the policy before any event told of it')),
  ),
  departed,
  firstSeen: time,
  at: time.check(z.describe('When the look began that saw this')),
  cause,
  shortened: z.optional(
    z
      .array(z.enum(['before', 'grant', 'policies', 'resource']))
      .check(
        z.describe(
          'What is whole only in the table and in the report, because the message would be too large',
        ),
      ),
  ),
});

const brief = z.strictObject({
  id: text.check(z.describe('Of the transition')),
  status: z.enum(['new', 'changed', 'expected', 'resolved']),
  type: z.enum(['access', 'gap', 'tamper']),
  findingId: text,
  severity,
  title: text,
  account: z.optional(text),
  region: z.optional(text),
  kind: z.optional(text),
  resource: z.optional(text),
  outsiderType: z.optional(text),
  boundary: z.optional(text),
  departed,
  at: time,
  cause,
});

const counts = z.record(text, z.int());

/** The body of a list: what subscribers may rely on. */
export const listBody = z.strictObject({
  schema: z.literal(listSchema).check(z.describe('The name and version of this form')),
  id: text.check(z.describe('Of this list: the same when it is delivered twice')),
  reason: z
    .enum(['storm', 'digest'])
    .check(z.describe('Many of one cause, or what is less severe than is told at once')),
  severity: severity.check(z.describe('The worst of them')),
  title: text,
  total: z.int(),
  bySeverity: counts,
  byStatus: counts,
  cause: z.optional(cause.check(z.describe('Of a storm'))),
  findings: z.array(brief).check(z.describe('The worst first')),
  left: z.int().check(z.describe('Those that are counted and not named')),
});

const jsonSchema = (title: string, schema: z.ZodMiniType) =>
  `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`;

/** The JSON Schemas of the bodies as text, for those who write subscribers, and where they stand. */
export function messageJsonSchemas(): readonly (readonly [path: string, text: string])[] {
  return [
    [
      'shared/generated/finding-message.schema.json',
      jsonSchema('A trustwatch finding, as SNS delivers it', messageBody),
    ],
    [
      'shared/generated/finding-list.schema.json',
      jsonSchema('Many trustwatch findings as one, as SNS delivers them', listBody),
    ],
  ];
}
