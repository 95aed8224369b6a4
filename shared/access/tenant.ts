import { issuerOf, tenancyOf } from '../iam/issuer.ts';
import type { Grant, Outsider } from './grant.ts';

/**
 * Whether a grant to tokens pins one tenant of their issuer: on one that strangers share, `repo:*` is whoever has an
 * account there. Its subject does, or a condition on a claim that tells tenants apart.
 */
export function isOfOneTenant(
  { conditions }: Pick<Grant, 'conditions'>,
  { provider, subject }: Extract<Outsider, { type: 'federated' }>,
): boolean {
  const issuer = issuerOf(provider);
  if (subject !== 'any' && issuer.tenancy(subject) === 'one') return true;
  return conditions.some(
    ({ key, values, bounds }) =>
      bounds === 'provider' && values.every((value) => tenancyOf(issuer, key.toLowerCase(), value) === 'one'),
  );
}
