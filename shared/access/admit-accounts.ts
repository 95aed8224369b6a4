import { accountSegment } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { none } from '../iam/none.ts';
import type { Principals } from '../iam/principal.ts';
import { identityKeys } from './aws-keys.ts';
import { type Caller, formOf, type Membership, type PrincipalForm } from './caller.ts';
import { strangerAccount } from './domain.ts';
import { type Goal, madeCondition } from './goal.ts';
import { isSame } from './matching-principal.ts';
import { freshMembership, namesAny, type Side } from './mentions.ts';
import { classes, globPattern, textPattern, times } from './pattern.ts';
import { type Admission, admit, type Question } from './question.ts';
import { findWord } from './word-search.ts';

const organizationKeys = ['aws:principalorgid', 'aws:principalorgpaths'] as const;
const formKeys = ['aws:principaltype', 'aws:username', 'aws:userid'];

const anyForm: readonly PrincipalForm[] = ['any'];
const formsOfTrust: readonly PrincipalForm[] = ['role', 'user'];
const allForms: readonly PrincipalForm[] = ['role', 'user', 'root'];

/** Whether members of an organization can be outside. */
const isOutside = ({ zone }: Question, organization: string): boolean =>
  !zone.organizations.has(organization);

/** Memberships outside the zone that the policies tell apart: none, in an organization unheard of, in one mentioned. */
export function memberships(
  question: Question,
  side: Side,
  keys: readonly string[],
): readonly (Membership | undefined)[] {
  if (!namesAny(question.mentions, keys)) return ofNone;
  const found: (Membership | undefined)[] = [undefined];
  for (const organization of new Set([freshMembership.organization, ...side.organizations.values()]))
    if (isOutside(question, organization)) found.push({ organization, path: undefined });
  return found;
}

const ofNone: readonly undefined[] = [undefined];

/** Forms of principals that the policies tell apart. A root user assumes no role. */
function forms({ mentions, kind }: Question): readonly PrincipalForm[] {
  if (!namesAny(mentions, formKeys)) return anyForm;
  return kind === 'iam:role' ? formsOfTrust : allForms;
}

function firstOf<T, R>(list: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** An account outside the zone that no policy mentions. */
export function freshAccount({ zone, mentions: { caller, source } }: Question): string {
  const isKnown = (account: string) =>
    zone.accounts.has(account) || caller.accounts.has(account) || source.accounts.has(account);
  let account = strangerAccount;
  while (isKnown(account)) account = String(Number(account) + 1_000_003);
  return account;
}

/** Any AWS account, of no organization. */
export function admitAnyAccount(question: Question): Admission | undefined {
  const account = freshAccount(question);
  return firstOf(forms(question), (form) => {
    const caller: Caller = { sort: 'aws', account, membership: undefined, arn: undefined, form };
    return admit(question, caller, { type: 'any-account' });
  });
}

/** An S3 canonical user: an account known by another name. */
export function admitCanonicalUser(question: Question, id: string): readonly Admission[] {
  const account = freshAccount(question);
  const admission = firstOf(forms(question), (form) =>
    admit(question, { sort: 'canonical', id, account, form }, { type: 'canonical-user', id }),
  );
  return admission === undefined ? [] : [admission];
}

/** One part of an organization's members: the label to report, the id, and what their path must be. */
export interface Part {
  readonly label: string;
  readonly organization: string;
  readonly goals: readonly Goal[];
}

/** A path as it is reported: paths of any organization, and all paths of one, are the organizations themselves. */
function labelOf(path: string): string {
  const [id = ''] = path.split('/', 1);
  if (hasWildcard(id)) return '*';
  return /^[^/]*\/\*+$/.test(path) ? id : path;
}

/** The organizations outside that a side's keys mention, and under them the paths: the whole first, then its parts. */
export function partsOf(question: Question, side: Side, pathKey: string): readonly (readonly Part[])[] {
  const like = (paths: readonly string[], wanted: boolean): readonly Goal[] =>
    paths.length === 0 ? [] : [{ condition: madeCondition(pathKey, 'StringLike', paths), wanted }];
  const whole = new Map<string, string>([['*', freshMembership.organization], ...side.organizations]);
  return [...whole]
    .filter(([, organization]) => isOutside(question, organization))
    .map(([label, organization]) => {
      const paths = [...side.paths].filter(([, id]) => id === organization).map(([path]) => path);
      return [
        { label, organization, goals: like(paths, false) },
        ...paths.map((path) => ({
          label: labelOf(path),
          organization,
          goals: like([path], true),
        })),
      ];
    });
}

/** Members of any organization, or of those and those parts of them that the policies name. */
export function admitOrganizations(question: Question): readonly Admission[] {
  if (!namesAny(question.mentions, organizationKeys)) return [];
  const account = freshAccount(question);
  const tryPart = ({ label, organization, goals }: Part) =>
    firstOf(forms(question), (form) => {
      const membership = { organization, path: undefined };
      const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
      return admit(question, caller, { type: 'organization', organization: label }, goals);
    });
  return widest(partsOf(question, question.mentions.caller, 'aws:principalorgpaths'), tryPart);
}

/** Of any organization, if that gets in; else of each, whole or in parts. */
export function widest(
  parts: readonly (readonly Part[])[],
  tryPart: (part: Part) => Admission | undefined,
): readonly Admission[] {
  const found: Admission[] = [];
  for (const [whole, ...paths] of parts) {
    const all = whole === undefined ? undefined : tryPart(whole);
    const some = all === undefined ? gather(paths, tryPart) : [all];
    found.push(...some);
    if (whole?.label === '*' && some.length > 0) return some.slice(0, 1);
  }
  return found;
}

/** The mentioned principals of an account. */
function mentionedIn({ mentions }: Question, account: string): readonly string[] {
  let found: string[] | undefined;
  for (const arn of mentions.arns) {
    if (!arn.includes(account) || accountSegment(arn) !== account) continue;
    found ??= [];
    found.push(arn);
  }
  return found ?? none;
}

/** One account, or those of its principals that alone get in. */
export function admitAccount(question: Question, account: string): readonly Admission[] {
  const named = mentionedIn(question, account);
  const goals = notAmong(named);
  for (const membership of memberships(question, question.mentions.caller, organizationKeys)) {
    for (const form of forms(question)) {
      const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
      const whole = admit(question, caller, { type: 'account', account }, goals);
      if (whole !== undefined) return [surest(question, account, whole)];
    }
  }
  return gather(named, (arn) => admitPrincipal(question, account, arn));
}

/**
 * A NotPrincipal that lists an account spares its root user for sure, and those whom it lists by name as well; of all
 * others AWS leaves it open. The account is let in by a request of one of these, where there is one.
 */
function surest(question: Question, account: string, whole: Admission): Admission {
  const lists = listsIn(question, account);
  if (lists.length === 0) return whole;
  const named = gather(lists, (list) => list.named.filter((one) => one.account === account));
  const arns = [
    `arn:${question.setting.scene.partition}:iam::${account}:root`,
    ...named.map(({ arn }) => arn),
  ];
  const sure = firstOf(arns, (arn) => admitPrincipal(question, account, arn)[0]);
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

/** One principal of an account. */
export function admitPrincipal(question: Question, account: string, arn: string): readonly Admission[] {
  const form = formOf(arn);
  if (form === 'root' && question.kind === 'iam:role') return [];
  for (const membership of memberships(question, question.mentions.caller, organizationKeys)) {
    const caller: Caller = { sort: 'aws', account, membership, arn, form };
    const admission = admit(question, caller, { type: 'account', account, principal: arn });
    if (admission !== undefined) return [admission];
  }
  if (!arn.includes(':role/')) return [];
  // A Deny to all but one session of a role spares that session.
  return gather(mentionedIn(question, account), (session) =>
    session.includes(':assumed-role/') && isSame(arn, session)
      ? admitPrincipal(question, account, session)
      : undefined,
  );
}

/** Whether nothing in the policies tells one named principal from another: then what lets one in lets all in. */
export function areAlike({ mentions, denies }: Question): boolean {
  if (namesAny(mentions, identityKeys)) return false;
  return denies.every(
    ({ statement: { principals } }) => principals.accounts.length + principals.named.length === 0,
  );
}

/** The named principals of a statement: each asked for, or all by the first where they are alike. */
export function admitPrincipals(question: Question, named: Principals['named']): readonly Admission[] {
  const alike = named.length > 1 && areAlike(question);
  const found: Admission[] = [];
  let first: Admission | undefined;
  for (const { account, arn } of named) {
    if (question.zone.accounts.has(account)) continue;
    const form = formOf(arn);
    if (first === undefined || form === 'root') {
      const admissions = admitPrincipal(question, account, arn);
      if (alike && form !== 'root') [first] = admissions;
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

/** An account outside the zone whose id matches the pattern. */
export function accountLike({ zone, mentions, budget }: Question, pattern: string): string | undefined {
  const [prefix = ''] = pattern.split(/[*?]/, 1);
  const inside = [...zone.accounts].filter((account) => account.startsWith(prefix));
  const known = [...inside, ...mentions.caller.accounts].slice(0, 400);
  const word = findWord(
    [[times(classes.digit, 12)], [globPattern(pattern, classes.digit)]],
    known.map(textPattern),
    budget,
  );
  return word.state === 'found' ? word.text : undefined;
}

/** Accounts named by a glob. */
function admitAccountPattern(question: Question, pattern: string): Admission | undefined {
  const account = accountLike(question, pattern);
  if (account === undefined) return undefined;
  const tried = memberships(question, question.mentions.caller, organizationKeys);
  return firstOf(tried, (membership) =>
    firstOf(forms(question), (form) => {
      const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
      return admit(question, caller, { type: 'account-pattern', pattern });
    }),
  );
}

/** Accounts outside that the policies mention, and patterns of accounts. */
export function admitMentionedAccounts(question: Question): readonly Admission[] {
  const { caller } = question.mentions;
  const patterns = gather(caller.accountPatterns, (pattern) => admitAccountPattern(question, pattern));
  const accounts = [...caller.accounts].filter((account) => !question.zone.accounts.has(account));
  return [...patterns, ...gather(accounts, (account) => admitAccount(question, account))];
}
