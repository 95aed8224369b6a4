import { partitionOfArn } from '../iam/arn.ts';
import { accountSegment } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { longList } from '../iam/long-list.ts';
import { none } from '../iam/none.ts';
import type { Principals } from '../iam/principal.ts';
import { withOne } from '../iam/with-one.ts';
import { organizationKeys } from './admit-organizations.ts';
import { identityKeys } from './aws-keys.ts';
import { type Caller, formOf, isOfSession, type PrincipalForm } from './caller.ts';
import { memberships } from './distinct-callers.ts';
import { type Goal, madeCondition } from './goal.ts';
import { isSame } from './matching-principal.ts';
import { namesAny } from './mentions.ts';
import { type Admission, admit, type Question } from './question.ts';
import type { Refusals } from './refusals.ts';

/** ARNs of principals by their accounts, of each set once. */
const sortedArns = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, readonly string[]>>();

function byAccount(arns: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const known = sortedArns.get(arns);
  if (known !== undefined) return known;
  const accounts = new Map<string, readonly string[]>();
  for (const arn of arns) {
    const account = accountSegment(arn) ?? '';
    accounts.set(account, withOne(accounts.get(account) ?? none, arn));
  }
  sortedArns.set(arns, accounts);
  return accounts;
}

/** The mentioned principals of an account, in the resource's partition. */
export function mentionedIn({ mentions, setting }: Question, account: string): readonly string[] {
  const { arns } = mentions;
  let found: readonly string[] = none;
  for (const arn of arns.size < longList ? arns : (byAccount(arns).get(account) ?? none)) {
    if (!arn.includes(account) || accountSegment(arn) !== account) continue;
    if (partitionOfArn(arn) === setting.scene.partition) found = withOne(found, arn);
  }
  return found;
}

/** A role's name is unique in its account: where an element names the role of a session, this is its ARN. */
function namedRole({ mentions }: Question, account: string, arn: string): readonly Goal[] {
  if (!isOfSession(arn)) return none;
  const roles = gather(mentions.named, (named) =>
    named.filter((one) => one.account === account && one.arn !== arn && isSame(one.arn, arn)),
  ).map((one) => one.arn);
  if (roles.length === 0) return none;
  return [{ condition: madeCondition('aws:principalarn', 'StringEquals', roles), wanted: true }];
}

/**
 * A root user assumes no role, and what GetFederationToken hands out calls nothing of STS but GetCallerIdentity.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
const assumesNothing = (form: PrincipalForm) => form === 'root' || form === 'federated-user';

/**
 * One principal of an account.
 * @param ofMembers what is asked of it besides as a member of an organization
 */
export function admitPrincipal(
  question: Question,
  account: string,
  arn: string,
  ofMembers: readonly Goal[] = none,
): readonly Admission[] {
  const form = formOf(arn);
  if (question.kind === 'iam:role' && assumesNothing(form)) return [];
  const named = namedRole(question, account, arn);
  const refusals: Refusals = [];
  for (const membership of memberships(question, 'caller', organizationKeys)) {
    const caller: Caller = { sort: 'aws', account, membership, arn, form };
    const goals = membership === undefined ? named : [...named, ...ofMembers];
    const admission = admit(question, caller, { type: 'account', account, principal: arn }, goals, refusals);
    if (admission !== undefined) return [admission];
  }
  return arn.includes(':role/') ? admitSessions(question, account, arn, ofMembers) : none;
}

/** A Deny to all but one session of a role spares that session. */
function admitSessions(
  question: Question,
  account: string,
  arn: string,
  ofMembers: readonly Goal[],
): readonly Admission[] {
  return gather(mentionedIn(question, account), (session) =>
    session.includes(':assumed-role/') && isSame(arn, session)
      ? admitPrincipal(question, account, session, ofMembers)
      : undefined,
  );
}

/** Whether nothing in the policies tells one named principal from another: then what lets one in lets all in. */
export function areAlike({ mentions, denies }: Question): boolean {
  if (mentions.tokens || namesAny(mentions, identityKeys)) return false;
  for (let i = 0; i < denies.length; i += 1) {
    const { principals } = (denies[i] as Question['denies'][number]).statement;
    if (principals.accounts.length + principals.named.length > 0) return false;
  }
  return true;
}

/** The named principals of a statement: each asked for, or all by the first where they are alike. */
export function admitPrincipals(question: Question, named: Principals['named']): readonly Admission[] {
  const alike = named.length > 1 && areAlike(question);
  const found: Admission[] = [];
  let first: Admission | undefined;
  for (let i = 0; i < named.length; i += 1) {
    const { account, arn } = named[i] as Principals['named'][number];
    if (question.zone.accounts.has(account)) continue;
    const form = formOf(arn);
    const apart = form === 'root' || isOfSession(arn);
    if (first === undefined || apart) {
      const admissions = admitPrincipal(question, account, arn);
      if (alike && !apart) [first] = admissions;
      found.push(...admissions);
    } else {
      const { network, values, unproven } = first;
      const caller: Caller = { sort: 'aws', account, membership: undefined, arn, form };
      found.push({
        outsider: { type: 'account', account, principal: arn },
        caller,
        network,
        values,
        unproven,
      });
    }
  }
  return found;
}
