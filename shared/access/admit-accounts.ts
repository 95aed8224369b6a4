import type { Caller, Membership } from './caller.ts';
import { trustsMember } from './compiled-zone.ts';
import { madeCondition } from './goal.ts';
import { freshMembership, type Side } from './mentions.ts';
import { classes, globPattern, textPattern, times } from './pattern.ts';
import { type Admission, admit, type Question } from './question.ts';
import { findWord } from './word-search.ts';

const organizationKeys = ['aws:principalorgid', 'aws:principalorgpaths'];
const formKeys = ['aws:principaltype', 'aws:username', 'aws:userid'];

type Form = Extract<Caller, { sort: 'aws' }>['form'];

/** Memberships outside the zone that the policies tell apart, the widest first: none, an unmentioned one, the mentioned. */
export function memberships(
  question: Question,
  side: Side,
  keys: readonly string[],
): readonly (Membership | undefined)[] {
  if (!keys.some((key) => question.mentions.keys.has(key))) return [undefined];
  const mentioned = [...side.memberships.values()].filter((one) => isOutside(question, one));
  return [undefined, freshMembership, ...mentioned];
}

/** Whether members of an organization can be outside: all of them, or those beyond the zone's paths. */
export function isOutside({ zone }: Question, { organization, path }: Membership): boolean {
  return (
    !zone.organizations.has(organization) && (/[*?]/.test(path) || !trustsMember(zone, organization, path))
  );
}

/** Forms of principals that the policies tell apart. */
function forms({ mentions, statement }: Question): readonly Form[] {
  const told = formKeys.some((key) => mentions.keys.has(key)) || statement.resourceVariables;
  return told ? ['role', 'user', 'root'] : ['any'];
}

function firstOf<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** An account outside the zone that no policy mentions. */
export function freshAccount({ zone, mentions }: Question): string {
  for (let n = 927461835042; ; n += 1_000_003) {
    const account = String(n);
    if (
      !zone.accounts.has(account) &&
      !mentions.caller.accounts.has(account) &&
      !mentions.source.accounts.has(account)
    ) {
      return account;
    }
  }
}

/** Any AWS account, of no organization. */
export function admitAnyAccount(question: Question): Admission | undefined {
  const account = freshAccount(question);
  return firstOf(forms(question), (form) =>
    admit(
      question,
      { sort: 'aws', account, membership: undefined, arn: undefined, form },
      { type: 'any-account' },
    ),
  );
}

/** Members of any organization, or of those that the policies name. */
export function admitOrganizations(question: Question): readonly Admission[] {
  if (!organizationKeys.some((key) => question.mentions.keys.has(key))) return [];
  const account = freshAccount(question);
  const tryOne = (membership: Membership, organization: string) =>
    firstOf(forms(question), (form) =>
      admit(
        question,
        { sort: 'aws', account, membership, arn: undefined, form },
        { type: 'organization', organization },
      ),
    );
  const any = tryOne(freshMembership, '*');
  if (any !== undefined) return [any];
  return [...question.mentions.caller.memberships].flatMap(([text, membership]) =>
    isOutside(question, membership) ? (tryOne(membership, text) ?? []) : [],
  );
}

/** One account, or those of its principals that alone get in. */
export function admitAccount(question: Question, account: string): readonly Admission[] {
  const tried = memberships(question, question.mentions.caller, organizationKeys);
  const named = [...question.mentions.arns].filter((arn) => arn.split(':')[4] === account);
  const others =
    named.length === 0
      ? []
      : [{ condition: madeCondition('aws:principalarn', 'StringEquals', named), wanted: false }];
  const whole = firstOf(tried, (membership) =>
    firstOf(forms(question), (form) => {
      const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
      return admit(question, caller, { type: 'account', account }, others);
    }),
  );
  if (whole !== undefined) return [whole];
  return named.flatMap((arn) => admitPrincipal(question, account, arn));
}

function formOf(arn: string): Form {
  if (arn.endsWith(':root')) return 'root';
  return arn.includes(':user/') ? 'user' : 'role';
}

/** One principal of an account. */
export function admitPrincipal(question: Question, account: string, arn: string): readonly Admission[] {
  const tried = memberships(question, question.mentions.caller, organizationKeys);
  const admission = firstOf(tried, (membership) =>
    admit(
      question,
      { sort: 'aws', account, membership, arn, form: formOf(arn) },
      { type: 'account', account, principal: arn },
    ),
  );
  return admission === undefined ? [] : [admission];
}

/** An account outside the zone whose id matches the pattern. */
export function accountLike(question: Question, pattern: string): string | undefined {
  const { zone, mentions } = question;
  const inside = [...zone.accounts].filter((account) =>
    account.startsWith(pattern.split(/[*?]/, 1)[0] ?? ''),
  );
  const known = [...inside, ...mentions.caller.accounts].slice(0, 400);
  const digits = [times(classes.digit, 12)];
  const word = findWord([digits, [globPattern(pattern, classes.digit)]], known.map(textPattern));
  return word.state === 'found' ? word.text : undefined;
}

/** Accounts named by a glob. */
export function admitAccountPattern(question: Question, pattern: string): Admission | undefined {
  const account = accountLike(question, pattern);
  if (account === undefined) return undefined;
  const tried = memberships(question, question.mentions.caller, organizationKeys);
  return firstOf(tried, (membership) =>
    firstOf(forms(question), (form) =>
      admit(
        question,
        { sort: 'aws', account, membership, arn: undefined, form },
        { type: 'account-pattern', pattern },
      ),
    ),
  );
}

/** Accounts outside that the policies mention, and patterns of accounts. */
export function admitMentionedAccounts(question: Question): readonly Admission[] {
  const { caller } = question.mentions;
  const patterns = [...caller.accountPatterns].flatMap(
    (pattern) => admitAccountPattern(question, pattern) ?? [],
  );
  const accounts = [...caller.accounts].filter((account) => !question.zone.accounts.has(account));
  return [...patterns, ...accounts.flatMap((account) => admitAccount(question, account))];
}
