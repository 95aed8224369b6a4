import type { Grant, GrantCondition, Outsider } from '../access/grant.ts';
import { classOfActions } from './action-class.ts';
import { digest } from './digest.ts';
import type { Subject } from './finding.ts';
import { subjectKey } from './subject.ts';

/** The same outsider always as the same list of words, however a policy spells it. */
export function normalOutsider(outsider: Outsider): readonly string[] {
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
      return [outsider.type];
    case 'account': {
      const principal = outsider.principal?.endsWith(':root') ? undefined : outsider.principal;
      return [outsider.type, outsider.account, principal ?? ''];
    }
    case 'account-pattern':
      return [outsider.type, outsider.pattern];
    case 'organization':
      return [outsider.type, outsider.organization];
    case 'service':
      return [outsider.type, outsider.service.toLowerCase(), outsider.source];
    case 'federated':
      return [outsider.type, outsider.provider, outsider.subject];
    case 'canonical-user':
      return [outsider.type, outsider.id.toLowerCase()];
    default:
      return outsider satisfies never;
  }
}

/** Whether two outsiders are the same, however a policy spells them. */
export function isSameOutsider(a: Outsider, b: Outsider): boolean {
  return JSON.stringify(normalOutsider(a)) === JSON.stringify(normalOutsider(b));
}

/** Whether a condition keeps some callers out for good: not one that the caller satisfies by how it asks. */
export function isBounding({ bounds }: GrantCondition): boolean {
  return bounds === 'caller' || bounds === 'network' || bounds === 'provider';
}

/** Conditions with their order and the spelling of keys and operators taken out. */
export function normalConditions(conditions: readonly GrantCondition[]): readonly string[] {
  const normal = conditions.map(({ key, operator, values }) =>
    JSON.stringify([key.toLowerCase(), operator.toLowerCase(), ...new Set(values.toSorted())]),
  );
  return [...new Set(normal)].toSorted();
}

/**
 * The identity of a grant on a resource: who, what it is good for, and what bounds it. It says nothing of
 * times, statements or single actions, so that it survives from one look to the next and a rewritten policy. A
 * crossing of a boundary is another finding than the grant to an outsider.
 */
export function accessId(kind: string, arn: string, grant: Grant, boundary?: string): string {
  return digest([
    ...(boundary === undefined ? ['access'] : ['boundary', boundary]),
    kind,
    arn,
    normalOutsider(grant.outsider),
    classOfActions(grant.actions),
    normalConditions(grant.conditions.filter(isBounding)),
  ]);
}

/** The identity of a gap: what could not be read. Another reason is the same gap, changed. */
export function gapId(subject: Subject): string {
  const { partition, sort } = subjectKey(subject);
  return digest(['gap', partition, sort]);
}

/** The identity of a transition, by which receivers drop repetitions. */
export function transitionId(finding: string, status: string, at: string): string {
  return digest(['transition', finding, status, at]);
}
