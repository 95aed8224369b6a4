import type { Condition } from '../iam/condition.ts';
import type { Statement } from '../iam/statement.ts';
import { type Caller, principalArnOf } from './caller.ts';
import { madeCondition } from './goal.ts';

type AwsCaller = Extract<Caller, { sort: 'aws' }>;

/** Whether the element names the caller: yes, no, or only where the caller's ARN is one of these. */
function namesAws({ principals }: Statement, caller: AwsCaller): boolean | readonly string[] {
  if (principals.everyone || principals.accounts.includes(caller.account)) return true;
  if (principals.named.length === 0) return false;
  const arns = principals.named.filter(({ account }) => account === caller.account).map(({ arn }) => arn);
  const { arn } = caller;
  if (arn !== undefined) return arns.includes(arn) || arns.includes(principalArnOf(arn));
  const lasting = arns.filter((one) => !one.includes(':sts:'));
  return lasting.length > 0 ? lasting : false;
}

function names(statement: Statement, caller: Caller): boolean | readonly string[] {
  const { principals } = statement;
  switch (caller.sort) {
    case 'anonymous':
      return principals.everyone;
    case 'aws':
      return namesAws(statement, caller);
    case 'service':
      return principals.everyone || principals.services.includes(caller.service);
    case 'federated':
      return principals.everyone || principals.federated.includes(caller.principal);
    case 'canonical':
      return principals.everyone || principals.canonicalUsers.includes(caller.id);
    default:
      return caller satisfies never;
  }
}

/**
 * Whether a statement's Principal or NotPrincipal speaks of the caller: yes, no, or under one more condition on
 * `aws:PrincipalArn` where the caller's name is still open. A NotPrincipal that lists the caller's account or its own
 * ARN counts as leaving it out, though AWS may ask for both: that way no access is overlooked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function speaksOf(statement: Statement, caller: Caller): boolean | Condition {
  const named = names(statement, caller);
  if (typeof named === 'boolean') return named !== statement.notPrincipal;
  return madeCondition('aws:principalarn', 'StringEquals', named, { negated: statement.notPrincipal });
}
