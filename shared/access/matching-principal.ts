import type { Condition } from '../iam/condition.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { type Caller, principalArnOf } from './caller.ts';
import { madeCondition } from './goal.ts';
import { isOfServiceLinkedRole } from './service-linked-role.ts';

type AwsCaller = Extract<Caller, { sort: 'aws' }>;

/** A role's ARN without its path: a role's name is unique in its account. */
const withoutPath = (arn: string) => arn.slice(0, arn.indexOf('/') + 1) + arn.slice(arn.lastIndexOf('/') + 1);

const isSession = (arn: string) => arn.includes(':assumed-role/');

/** Whether two ARNs are of the same principal: a session is of its role, whose path its ARN does not tell. */
export function isSame(written: string, arn: string): boolean {
  if (written === arn) return true;
  if (!isSession(arn) || !written.includes(':role/')) return false;
  return withoutPath(written) === principalArnOf(arn);
}

function namedIn({ principals: { named } }: Statement, account: string): readonly string[] {
  let arns: readonly string[] = none;
  for (let i = 0; i < named.length; i += 1) {
    const one = named[i] as (typeof named)[number];
    if (one.account === account) arns = withOne(arns, one.arn);
  }
  return arns;
}

function holdsSame(arns: readonly string[], arn: string): boolean {
  if (!isSession(arn)) return arns.includes(arn);
  for (let i = 0; i < arns.length; i += 1) if (isSame(arns[i] as string, arn)) return true;
  return false;
}

const isLasting = (arn: string) => !arn.includes(':sts:');

/** Whether the element names the caller: yes, no, or only where the caller's ARN is one of these. */
function namesAws(statement: Statement, caller: AwsCaller): boolean | readonly string[] {
  const { principals } = statement;
  if (principals.everyone || principals.accounts.includes(caller.account)) return true;
  const arns = namedIn(statement, caller.account);
  if (caller.arn !== undefined) return holdsSame(arns, caller.arn);
  const lasting = arns.length === 0 ? none : arns.filter(isLasting);
  return lasting.length > 0 ? lasting : false;
}

function names(statement: Statement, caller: Caller): boolean | readonly string[] {
  const { principals } = statement;
  switch (caller.sort) {
    case 'anonymous':
      return principals.everyone && !(principals.everyoneSigned && statement.policy === 'acl');
    case 'aws':
      return namesAws(statement, caller);
    case 'service':
      return principals.everyone || principals.services.includes(caller.service);
    case 'federated':
      return principals.everyone || (!caller.unheard && principals.federated.includes(caller.principal));
    case 'canonical':
      return principals.everyone || principals.canonicalUsers.includes(caller.id);
    default:
      return caller satisfies never;
  }
}

const arnCondition = (arns: readonly string[], negated: boolean) =>
  madeCondition('aws:principalarn', 'StringEquals', arns, { negated });

/** An Allow leaves out whom NotPrincipal lists with both account and ARN. */
function leftOutByAllow(statement: Statement, caller: AwsCaller): boolean | readonly string[] {
  const { principals } = statement;
  if (principals.everyone) return true;
  if (!principals.accounts.includes(caller.account)) return false;
  const arns = namedIn(statement, caller.account);
  const { arn } = caller;
  return arn === undefined ? arns : arn.endsWith(':root') || holdsSame(arns, arn);
}

/**
 * Whether a statement's Principal or NotPrincipal speaks of the caller: yes, no, or under one more condition on
 * `aws:PrincipalArn` where the caller's name is still open. AWS leaves open what a NotPrincipal does to a caller of
 * whom only the account or only the ARN is listed: here a Deny then spares it and an Allow includes it, so that no
 * access is overlooked. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * Resource control policies do not speak of service-linked roles.
 */
export function speaksOf(statement: Statement, caller: Caller): boolean | Condition {
  const { notPrincipal, effect, control } = statement;
  if (control && caller.sort === 'aws' && isOfServiceLinkedRole(caller.arn)) return false;
  const named =
    notPrincipal && effect === 'Allow' && caller.sort === 'aws'
      ? leftOutByAllow(statement, caller)
      : names(statement, caller);
  if (typeof named === 'boolean') return named !== notPrincipal;
  return named.length === 0 ? notPrincipal : arnCondition(named, notPrincipal);
}
