import * as z from 'zod/mini';
import { InputError } from '../errors.ts';
import type { AuditRequest } from './plan-audit.ts';

const names = z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(64))));

/** As on-change hands it in: what findings say of the change. */
const change = z.strictObject({
  by: z.literal('change'),
  eventId: z.string(),
  eventName: z.string(),
  eventTime: z.string(),
  actor: z.strictObject({
    principal: z.string(),
    sourceAddress: z.exactOptional(z.string()),
    userAgent: z.exactOptional(z.string()),
  }),
});

const shape = z.strictObject({
  /** It names files and a state machine's execution. */
  audit: z.string().check(z.regex(/^[\w-]{1,80}$/)),
  accounts: names,
  regions: names,
  kinds: names,
  about: names,
  cause: z.optional(change),
});

/** The request for an audit as the state machine, or a person who starts it by hand, hands it in. */
export function parseAuditRequest(value: unknown): AuditRequest {
  const { success, data, error } = shape.safeParse(value);
  if (success) return JSON.parse(JSON.stringify(data)) as AuditRequest;
  const [issue] = error.issues;
  const field =
    issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'input');
  throw new InputError(
    'the request for an audit',
    `\`${field}\` is not what it should be (${issue?.message ?? ''})`,
    'give `audit` (letters, digits, `-`, `_`) and, as lists of text, `accounts`, `regions`, `kinds`, `about`',
  );
}
