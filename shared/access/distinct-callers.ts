import type { Membership, PrincipalForm } from './caller.ts';
import { membershipIn } from './membership.ts';
import { namesAny, type Side } from './mentions.ts';
import { namesOfOwn, ownMentions } from './own-mentions.ts';
import type { Question } from './question.ts';
import { organizationsLike } from './representatives.ts';

const formKeys = ['aws:principaltype', 'aws:username', 'aws:userid', 'aws:tokenissuetime', 'aws:assumedroot'];

const anyForm: readonly PrincipalForm[] = ['any'];
/** A root user assumes no role, nor does a federated user, who can call nothing of STS but GetCallerIdentity. */
const formsOfTrust: readonly PrincipalForm[] = ['role', 'user'];
const allForms: readonly PrincipalForm[] = ['role', 'user', 'root', 'federated-user'];
const formsByArn: readonly PrincipalForm[] = ['any', 'federated-user'];

/** Memberships outside the zone that the policies tell apart: none, in an organization unheard of, in one mentioned. */
export function memberships(
  question: Question,
  side: 'caller' | 'source',
  keys: readonly string[],
): Iterable<Membership | undefined> {
  return namesOfOwn(question, keys) ? membershipsOf(question, side, ownMentions(question)[side]) : ofNone;
}

const ofNone: readonly undefined[] = [undefined];

function* membershipsOf(
  question: Question,
  side: 'caller' | 'source',
  own: Side,
): Iterable<Membership | undefined> {
  yield undefined;
  const known = new Set<string>();
  for (const glob of ['*', ...own.organizations.keys()])
    for (const organization of organizationsLike(question, own, glob)) {
      if (known.has(organization)) continue;
      known.add(organization);
      yield membershipIn(question, question.mentions[side], organization);
    }
}

/**
 * Forms of principals that the policies tell apart.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function forms({ mentions, kind }: Question): readonly PrincipalForm[] {
  const trust = kind === 'iam:role';
  if (mentions.tokens || namesAny(mentions, formKeys)) return trust ? formsOfTrust : allForms;
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
