import type { Membership, PrincipalForm } from './caller.ts';
import { strangerAccount } from './domain.ts';
import { freshMembership, namesAny, type Side } from './mentions.ts';
import type { Question } from './question.ts';

const formKeys = ['aws:principaltype', 'aws:username', 'aws:userid'];

const anyForm: readonly PrincipalForm[] = ['any'];
const formsOfTrust: readonly PrincipalForm[] = ['role', 'user'];
const allForms: readonly PrincipalForm[] = ['role', 'user', 'root'];

/** Whether members of an organization can be outside. */
export const isOutside = ({ zone }: Question, organization: string): boolean =>
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
export function forms({ mentions, kind }: Question): readonly PrincipalForm[] {
  if (!namesAny(mentions, formKeys)) return anyForm;
  return kind === 'iam:role' ? formsOfTrust : allForms;
}

/** The first that is found, trying one item after the other. */
export function firstOf<T, R>(list: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
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
