import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Principals } from '../iam/principal.ts';
import { organizationKeys } from './admit-organizations.ts';
import { admitPrincipal, mentionedIn } from './admit-principals.ts';
import { isHopeless } from './budget.ts';
import type { Caller } from './caller.ts';
import { firstOf, forms, memberships } from './distinct-callers.ts';
import { type Goal, madeCondition } from './goal.ts';
import type { Side } from './mentions.ts';
import { ownMentions, ownNames } from './own-mentions.ts';
import { type Admission, admit, type Question } from './question.ts';
import type { Refusals } from './refusals.ts';
import { accountsLike, strangers } from './representatives.ts';

/** Any AWS account, of no organization. */
export function admitAnyAccount(question: Question): Admission | undefined {
  return firstOf(strangers(question, 'caller'), (account) => {
    const refusals: Refusals = [];
    return firstOf(forms(question), (form) => {
      const caller: Caller = { sort: 'aws', account, membership: undefined, arn: undefined, form };
      return admit(question, caller, { type: 'any-account' }, none, refusals);
    });
  });
}

/** An S3 canonical user: an account known by another name, whichever account outside it is. */
export function admitCanonicalUser(question: Question, id: string): readonly Admission[] {
  const { zone } = question;
  const own = ownMentions(question).caller;
  const mentioned = [...ownNames(question).callers].filter((account) => !zone.accounts.has(account));
  const like = gather(own.accountPatterns, (pattern) => [...accountsLike(question, own, pattern)]);
  const admission = firstOf([...strangers(question, 'caller'), ...mentioned, ...like], (account) =>
    firstOf(memberships(question, 'caller', organizationKeys), (membership) =>
      firstOf(forms(question), (form) =>
        admit(question, { sort: 'canonical', id, account, membership, form }, { type: 'canonical-user', id }),
      ),
    ),
  );
  return admission === undefined ? [] : [admission];
}

/**
 * One account, or those of its principals that alone get in.
 * @param ofMembers what is asked of it besides as a member of an organization
 */
export function admitAccount(
  question: Question,
  account: string,
  ofMembers: readonly Goal[] = none,
): readonly Admission[] {
  const named = mentionedIn(question, account);
  const others = notAmong(named);
  const refusals: Refusals = [];
  for (const membership of memberships(question, 'caller', organizationKeys)) {
    const goals = membership === undefined ? others : [...others, ...ofMembers];
    for (const form of forms(question)) {
      const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
      const whole = admit(question, caller, { type: 'account', account }, goals, refusals);
      if (whole !== undefined) return [surest(question, account, whole, ofMembers)];
    }
  }
  return named.length === 0
    ? none
    : gather(named, (arn) => admitPrincipal(question, account, arn, ofMembers));
}

/**
 * A NotPrincipal that lists an account spares its root user for sure, and those whom it lists by name as well; of all
 * others AWS leaves it open. The account is let in by a request of one of these, where there is one.
 */
function surest(
  question: Question,
  account: string,
  whole: Admission,
  ofMembers: readonly Goal[],
): Admission {
  const lists = listsIn(question, account);
  if (lists.length === 0) return whole;
  const named = gather(lists, (list) => list.named.filter((one) => one.account === account));
  const arns = [
    `arn:${question.setting.scene.partition}:iam::${account}:root`,
    ...named.map(({ arn }) => arn),
  ];
  const sure = firstOf(arns, (arn) => admitPrincipal(question, account, arn, ofMembers)[0]);
  return sure === undefined ? whole : { ...sure, outsider: whole.outsider };
}

/** What the NotPrincipals of Denies list, of those that list the account. */
function listsIn({ denies }: Question, account: string): readonly Principals[] {
  let found: readonly Principals[] = none;
  for (const { statement } of denies) {
    const { notPrincipal, principals } = statement;
    if (notPrincipal && principals.accounts.includes(account)) found = [...found, principals];
  }
  return found;
}

const notAmong = (arns: readonly string[]): readonly Goal[] =>
  arns.length === 0
    ? none
    : [{ condition: madeCondition('aws:principalarn', 'StringEquals', arns), wanted: false }];

/** Accounts named by a glob. */
function admitAccountPattern(
  question: Question,
  own: Side,
  pattern: string,
  ofMembers: readonly Goal[],
): Admission | undefined {
  return firstOf(accountsLike(question, own, pattern), (account) => {
    const refusals: Refusals = [];
    return firstOf(memberships(question, 'caller', organizationKeys), (membership) =>
      firstOf(forms(question), (form) => {
        const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
        const goals = membership === undefined ? none : ofMembers;
        return admit(question, caller, { type: 'account-pattern', pattern }, goals, refusals);
      }),
    );
  });
}

/**
 * Accounts outside that the policies mention, and patterns of accounts.
 * @param ofMembers what is asked of them besides as members of organizations
 */
export function admitMentionedAccounts(question: Question, ofMembers: readonly Goal[]): readonly Admission[] {
  const { caller } = question.mentions;
  const own = caller.accountPatterns.size === 0 ? caller : ownMentions(question).caller;
  const { budget } = question;
  const patterns = gather(own.accountPatterns, (pattern) =>
    isHopeless(budget) ? undefined : admitAccountPattern(question, own, pattern, ofMembers),
  );
  const accounts = [...ownNames(question).callers].filter((account) => !question.zone.accounts.has(account));
  const ofAccount = (account: string) =>
    isHopeless(budget) ? undefined : admitAccount(question, account, ofMembers);
  return [...patterns, ...gather(accounts, ofAccount)];
}
