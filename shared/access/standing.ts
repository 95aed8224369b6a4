import { accountSegment, hasArnSegments } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { takesRoleByPassRole } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import { isTargetOfIntegrations } from './aws-keys.ts';
import type { CompiledZone } from './compiled-zone.ts';

type InsideTest = (value: string, zone: CompiledZone, comparison: string) => boolean;

const isOrganizationInside: InsideTest = (value, zone) => zone.organizations.has(value);
const isAccountInside: InsideTest = (value, zone) => zone.accounts.has(value);

/** Whether a value of a key can only be that of somebody inside: a caller, or what a service acts for. */
const insideTests: ReadonlyMap<string, InsideTest> = new Map([
  ['aws:principalorgid', isOrganizationInside],
  ['aws:sourceorgid', isOrganizationInside],
  ['aws:principalaccount', isAccountInside],
  ['kms:calleraccount', isAccountInside],
  ['aws:sourceaccount', isAccountInside],
  ['aws:sourceowner', isAccountInside],
  ['aws:principalarn', isArnInside],
  ['aws:sourcearn', isArnInside],
]);

/** ArnLike keeps the account in its segment; StringLike might run over it. */
function isArnInside(value: string, zone: CompiledZone, comparison: string): boolean {
  if (comparison !== 'ArnLike') return false;
  return zone.accounts.has(accountSegment(value) ?? '') && hasArnSegments(value);
}

/** Whether the condition alone keeps everybody outside out. */
function keepsInside({ key, operator, values, variables }: Condition, zone: CompiledZone): boolean {
  const { comparison, negated, ifExists, quantifier } = operator;
  if (negated || ifExists || variables || quantifier === 'all') return false;
  if (comparison !== 'StringEquals' && comparison !== 'StringLike' && comparison !== 'ArnLike') return false;
  const isInside = insideTests.get(key);
  if (isInside === undefined) return false;
  for (let i = 0; i < values.length; i += 1)
    if (!isInside(values[i] as string, zone, comparison)) return false;
  return true;
}

function holdsOther(list: readonly string[], inside: ReadonlySet<string>): boolean {
  for (let i = 0; i < list.length; i += 1) if (!inside.has(list[i] as string)) return true;
  return false;
}

function namesOther(named: Statement['principals']['named'], inside: ReadonlySet<string>): boolean {
  for (let i = 0; i < named.length; i += 1)
    if (!inside.has((named[i] as (typeof named)[number]).account)) return true;
  return false;
}

function namesOutsiders({ principals, notPrincipal }: Statement, kind: string, zone: CompiledZone): boolean {
  if (notPrincipal || principals.everyone || principals.federated.length > 0) return true;
  if (holdsOther(principals.accounts, zone.accounts) || namesOther(principals.named, zone.accounts))
    return true;
  if (holdsOther(principals.canonicalUsers, zone.canonicalUsers)) return true;
  if (kind !== 'iam:role') return principals.services.length > 0;
  return principals.services.some((service) => !takesRoleByPassRole(service));
}

/**
 * Whether an Allow may let in anybody outside: what plainly speaks of insiders only need not be searched. Soundness
 * rests on the search for all the rest.
 */
export function speaksOfOutsiders(statement: Statement, kind: string, zone: CompiledZone): boolean {
  if (!namesOutsiders(statement, kind, zone)) return false;
  const { conditions } = statement;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Condition;
    if (condition.key === 'aws:sourcearn' && isTargetOfIntegrations(kind)) continue;
    if (keepsInside(condition, zone)) return false;
  }
  return true;
}
