import { takesRoleByPassRole } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import type { CompiledZone } from './compiled-zone.ts';

/** Whether an Allow names anybody who may be outside: what need not be asked of statements that only speak of insiders. */
export function speaksOfOutsiders(
  { principals, notPrincipal }: Statement,
  kind: string,
  zone: CompiledZone,
): boolean {
  if (notPrincipal || principals.everyone || principals.federated.length > 0) return true;
  for (const account of principals.accounts) if (!zone.accounts.has(account)) return true;
  for (const { account } of principals.named) if (!zone.accounts.has(account)) return true;
  for (const id of principals.canonicalUsers) if (!zone.canonicalUsers.has(id)) return true;
  if (kind !== 'iam:role') return principals.services.length > 0;
  return principals.services.some((service) => !takesRoleByPassRole(service));
}
