import type { GrantCondition } from '../access/grant.ts';

/** A remaining condition on one line, as the policy writes it. Untrusted text. */
export function conditionText({ operator, key, values }: GrantCondition): string {
  return `${operator} ${key}: ${values.join(', ')}`;
}
