import type { Grant, Outsider } from '../access/grant.ts';
import { type ActionClass, classOfActions } from './action-class.ts';
import type { Severity, Subject, UnreadReason } from './finding.ts';
import { isBounding } from './identity.ts';

/** From the worst to the least. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** How many may come: `everyone` has only to ask; `many` are a set that someone else fills; `one` has a name. */
export type Crowd = 'everyone' | 'many' | 'one';

/** Who, and what it is good for, without anything that bounds it. */
export const accessSeverity: Readonly<Record<Crowd, Readonly<Record<ActionClass, Severity>>>> = {
  everyone: { administer: 'critical', credentials: 'critical', write: 'critical', read: 'high' },
  many: { administer: 'critical', credentials: 'high', write: 'high', read: 'medium' },
  one: { administer: 'high', credentials: 'high', write: 'medium', read: 'medium' },
};

/** What is not seen because of a gap: its subject. Reasons that pass by themselves count one step less. */
export const gapSeverity: Readonly<Record<Subject['type'], Severity>> = {
  account: 'high',
  configuration: 'high',
  place: 'medium',
  kind: 'medium',
  resource: 'medium',
};

const passing: readonly UnreadReason[] = ['throttled', 'not-finished'];

/** How many may come as this outsider. A provider of the account's own (SAML) admits those it knows by name. */
export function crowdOf(outsider: Outsider): Crowd {
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
      return 'everyone';
    case 'account':
    case 'canonical-user':
      return 'one';
    case 'account-pattern':
      return 'many';
    case 'organization':
      return outsider.organization === '*' ? 'everyone' : 'many';
    case 'service':
      return outsider.source === 'any' ? 'many' : 'one';
    case 'federated':
      if (outsider.provider.startsWith('saml-provider/')) return 'one';
      return outsider.subject === 'any' ? 'everyone' : 'one';
    default:
      return outsider satisfies never;
  }
}

const oneLess = (severity: Severity): Severity => severities[severities.indexOf(severity) + 1] ?? 'low';

/** How bad a grant is: who may come, what for, and one step less when a condition keeps callers out for good. */
export function severityOf({ outsider, actions, conditions }: Grant): Severity {
  const open = accessSeverity[crowdOf(outsider)][classOfActions(actions)];
  return conditions.some(isBounding) ? oneLess(open) : open;
}

/** How bad it is not to see. */
export function severityOfGap(subject: Subject, reason: UnreadReason): Severity {
  const severity = gapSeverity[subject.type];
  return passing.includes(reason) ? oneLess(severity) : severity;
}
