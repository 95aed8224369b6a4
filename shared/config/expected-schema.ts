import * as z from 'zod/mini';
import { list, text } from './schema-parts.ts';
import * as rules from './trust-rules.ts';

const value = text(rules.notEmpty);

const outsiders = {
  anyone: {},
  'any-account': {},
  account: { account: text(rules.account), principal: z.exactOptional(value) },
  'account-pattern': { pattern: value },
  organization: { organization: value },
  service: { service: value, source: value },
  federated: { provider: value, subject: value },
  'canonical-user': { id: value },
} as const;

/** The types of outsiders that an entry may name. */
export const expectedOutsiders = Object.keys(outsiders);

const typed = <T extends keyof typeof outsiders>(type: T) =>
  z.strictObject({ type: z.literal(type), ...outsiders[type] });

/** The outsider of a grant, in the words of the check contract and of the reports. */
const outsider = z.discriminatedUnion('type', [
  typed('anyone'),
  typed('any-account'),
  typed('account'),
  typed('account-pattern'),
  typed('organization'),
  typed('service'),
  typed('federated'),
  typed('canonical-user'),
]);

const some = (rule: rules.Rule) => z.array(text(rule)).check(z.minLength(1));

const condition = z.strictObject({
  key: value,
  operator: z._default(text(rules.operator), 'StringEquals'),
  values: z.array(z.string()).check(z.minLength(1)),
});

const whatItCovers = ['resource', 'kind', 'outsider', 'actions', 'resources', 'conditions'] as const;

const isType = (type: unknown): type is keyof typeof outsiders =>
  typeof type === 'string' && Object.hasOwn(outsiders, type);

/**
 * The keys of an entry, of its outsider or of one of its conditions: what stands below `expected`.
 * @param held what stands there: an outsider has the keys of its type
 */
export function expectedKeys([part]: readonly PropertyKey[], held: unknown): readonly string[] {
  if (part === 'outsider') {
    const { type } = held as { readonly type?: unknown };
    return ['type', ...(isType(type) ? Object.keys(outsiders[type]) : [])];
  }
  if (part === 'conditions') return ['key', 'operator', 'values'];
  return [...whatItCovers, 'owner', 'reason', 'ticket', 'until'];
}

/** The list `expected`; with `now`, a date before it is a mistake. An expectation always has an end. */
export function expectedSchema(now: Date | undefined) {
  const entry = z.strictObject({
    outsider,
    kind: text(rules.kind),
    resource: text(rules.resourcePattern),
    actions: some(rules.action),
    resources: z.exactOptional(some(rules.notEmpty)),
    conditions: z._default(z.array(condition), []),
    owner: text(rules.sentence),
    reason: text(rules.sentence),
    ticket: z.exactOptional(value),
    until: text(rules.until(now)),
  });
  return list(entry, whatItCovers);
}
