import type { Membership, PrincipalForm } from './caller.ts';
import { namesAny, type Side } from './mentions.ts';
import type { Question } from './question.ts';
import { organizationsLike } from './representatives.ts';

const formKeys = ['aws:principaltype', 'aws:username', 'aws:userid', 'aws:tokenissuetime'];

const anyForm: readonly PrincipalForm[] = ['any'];
/** A root user assumes no role, nor does a federated user, who can call nothing of STS but GetCallerIdentity. */
const formsOfTrust: readonly PrincipalForm[] = ['role', 'user'];
const allForms: readonly PrincipalForm[] = ['role', 'user', 'root', 'federated-user'];
const formsByArn: readonly PrincipalForm[] = ['any', 'federated-user'];

/** Memberships outside the zone that the policies tell apart: none, in an organization unheard of, in one mentioned. */
export function memberships(
  question: Question,
  side: Side,
  keys: readonly string[],
): Iterable<Membership | undefined> {
  return namesAny(question.mentions, keys) ? membershipsOf(question, side) : ofNone;
}

const ofNone: readonly undefined[] = [undefined];

function* membershipsOf(question: Question, side: Side): Iterable<Membership | undefined> {
  yield undefined;
  const known = new Set<string>();
  for (const glob of ['*', ...side.organizations.keys()])
    for (const organization of organizationsLike(question, side, glob)) {
      if (known.has(organization)) continue;
      known.add(organization);
      yield { organization, path: undefined };
    }
}

/**
 * Forms of principals that the policies tell apart.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function forms({ mentions, kind }: Question): readonly PrincipalForm[] {
  const trust = kind === 'iam:role';
  if (namesAny(mentions, formKeys)) return trust ? formsOfTrust : allForms;
  return mentions.federatedUsers && !trust ? formsByArn : anyForm;
}

/** The first that is found, trying one item after the other. */
export function firstOf<T, R>(list: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
