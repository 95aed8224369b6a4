import type { Condition } from '../iam/condition.ts';
import type { Caller } from './caller.ts';
import { type Goal, madeCondition } from './goal.ts';
import type { Permission } from './passing.ts';
import type { Question } from './question.ts';

const serviceLinked = ':role/aws-service-role/';

/** A session's ARN leaves its role's path out, and the names of these roles begin alike. */
const ofSession = ':assumed-role/AWSServiceRoleFor';

/**
 * Whether a principal's ARN is that of a service-linked role or a session of one, whom resource control policies do not
 * restrict. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 */
export const isOfServiceLinkedRole = (arn: string | undefined): boolean =>
  arn !== undefined && (arn.includes(serviceLinked) || arn.includes(ofSession));

/** That the caller is such a role: under its service's path, by a name of AWS's making. */
function ofServiceLinkedRole({ setting }: Question, account: string): Goal {
  const arns = `arn:${setting.scene.partition}:iam::${account}${serviceLinked}*.amazonaws.com/AWSServiceRoleFor*`;
  return { condition: madeCondition('aws:principalarn', 'StringLike', [arns]), wanted: true };
}

/** Whether the condition speaks of service-linked roles. */
export const namesServiceLinkedRole = ({ key, values }: Condition): boolean =>
  key === 'aws:principalarn' && values.some((value) => value.includes(serviceLinked));

const withoutControls = ({ allows, denies }: Permission): Permission => ({
  allows,
  denies: denies.filter(({ statement }) => !statement.control),
});

/**
 * The question as it is for callers who are service-linked roles, where the policies speak of such by a condition and
 * the organization's resource control policies, which spare them, deny; else undefined.
 */
export function forServiceLinkedRoles(question: Question, caller: Caller): Question | undefined {
  const { goals, denies } = question;
  if (caller.sort !== 'aws' || caller.arn !== undefined || (caller.form !== 'role' && caller.form !== 'any'))
    return undefined;
  const others = denies.filter(({ statement }) => !statement.control);
  if (others.length === denies.length || !question.mentions.serviceLinkedRoles) return undefined;
  const { permissionTo } = question;
  return {
    ...question,
    denies: others,
    goals: [...goals, ofServiceLinkedRole(question, caller.account)],
    permissionTo: permissionTo && ((action) => withoutControls(permissionTo(action))),
  };
}
