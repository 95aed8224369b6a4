import type { Grant, GrantCondition, Outsider } from '../access/grant.ts';
import { isOfOneTenant } from '../access/tenant.ts';
import { issuerOf } from '../iam/issuer.ts';
import { type ActionClass, classOfActions } from './action-class.ts';
import type { Severity, Subject, UnreadReason } from './finding.ts';
import { isBounding } from './identity.ts';

/** From the worst to the least. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/**
 * Who may come: `everyone` has only to ask; `many` are a set that someone else fills; `one` has an identity that we
 * do not know; `vendor` is in our register; `inside` is ours, beyond a boundary.
 */
export type Crowd = 'everyone' | 'many' | 'one' | 'vendor' | 'inside';

/** What a grant is good for: `control` is a role that administers its account. */
export type Worth = 'control' | ActionClass;

/** Who, and what it is good for, without anything that bounds it. */
export const accessSeverity: Readonly<Record<Crowd, Readonly<Record<Worth, Severity>>>> = {
  everyone: {
    control: 'critical',
    administer: 'critical',
    credentials: 'critical',
    write: 'critical',
    read: 'high',
  },
  many: { control: 'critical', administer: 'critical', credentials: 'high', write: 'high', read: 'medium' },
  one: { control: 'critical', administer: 'high', credentials: 'high', write: 'medium', read: 'medium' },
  vendor: { control: 'high', administer: 'high', credentials: 'medium', write: 'medium', read: 'low' },
  inside: { control: 'high', administer: 'medium', credentials: 'medium', write: 'low', read: 'low' },
};

/**
 * What is not seen because of a gap, or may not be seen any more because somebody changed what trustwatch needs. Reasons that
 * pass by themselves count one step less.
 */
export const gapSeverity: Readonly<Record<Subject['type'], Severity>> = {
  account: 'high',
  configuration: 'high',
  tampering: 'high',
  place: 'medium',
  kind: 'medium',
  resource: 'medium',
};

const passing: readonly UnreadReason[] = ['throttled', 'not-finished'];

/**
 * Whether the tokens of a grant are those of one tenant: by what they must say where strangers share the issuer, and all
 * of an issuer of one tenant. Of an issuer that is not listed we do not know who shares it.
 */
function namesTenant(grant: Grant, outsider: Extract<Outsider, { type: 'federated' }>): boolean {
  const { shared, listed } = issuerOf(outsider.provider);
  if (shared) return isOfOneTenant(grant, outsider);
  return listed || outsider.subject !== 'any';
}

/** How many may come as this outsider. A provider of the account's own (SAML) admits those it knows by name. */
function crowdOf(grant: Grant): Crowd {
  const { outsider } = grant;
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
      return outsider.provider.startsWith('saml-provider/') || namesTenant(grant, outsider)
        ? 'one'
        : 'everyone';
    default:
      return outsider satisfies never;
  }
}

const oneLess = (severity: Severity): Severity => severities[severities.indexOf(severity) + 1] ?? 'low';

/** What is known of a grant besides what its policy says. */
export interface Circumstances {
  /** The name of the outsider's account in the register of vendors. */
  readonly vendor?: string;
  /** What has become of the outsider's account, where it was one of ours. */
  readonly former?: string;
  /** The boundary within the organization that it crosses. */
  readonly boundary?: string;
  /** Whether the role administers its account; `unread` when that is not known. */
  readonly power?: 'administrator' | 'unread';
}

/** What says who comes has made the outsider, unless that is everybody; what a token claims (its audience, say) likewise. */
function saysOutsider({ type }: Outsider, { bounds }: GrantCondition): boolean {
  if (type === 'anyone' || type === 'any-account') return false;
  return bounds === (type === 'federated' ? 'provider' : 'caller');
}

const keepsOut = (outsider: Outsider, condition: GrantCondition) =>
  isBounding(condition) && !saysOutsider(outsider, condition);

/** How bad a grant is: who may come, what for, and one step less when a condition keeps callers out for good. */
export function severityOf(grant: Grant, { vendor, boundary, power }: Circumstances = {}): Severity {
  const { outsider, actions, conditions } = grant;
  const known = vendor === undefined ? crowdOf(grant) : 'vendor';
  const crowd = boundary === undefined ? known : 'inside';
  const worth = power === 'administrator' ? 'control' : classOfActions(actions);
  const open = accessSeverity[crowd][worth];
  return conditions.some((condition) => keepsOut(outsider, condition)) ? oneLess(open) : open;
}

/** How bad it is not to see. */
export function severityOfGap(subject: Subject, reason: UnreadReason): Severity {
  const severity = gapSeverity[subject.type];
  return passing.includes(reason) ? oneLess(severity) : severity;
}
