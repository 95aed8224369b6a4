import { isCompute, takesRoleByPassRole } from '../iam/service.ts';
import { accountLike, freshAccount, isOutside, memberships } from './admit-accounts.ts';
import type { Membership } from './caller.ts';
import { freshMembership } from './mentions.ts';
import { type Admission, admit, type Question } from './question.ts';

const organizationKeys = ['aws:sourceorgid', 'aws:sourceorgpaths'];

interface Acting {
  /** As the outsider is reported: a service principal, or `*`. */
  readonly name: string;
  /** The service principal of the witness. */
  readonly service: string;
}

function tryOne(
  question: Question,
  { name, service }: Acting,
  account: string,
  membership: Membership | undefined,
  source: string,
) {
  return admit(
    question,
    { sort: 'service', service, account, membership },
    { type: 'service', service: name, source },
  );
}

function anySource(question: Question, acting: Acting): Admission | undefined {
  const account = freshAccount(question);
  const none = tryOne(question, acting, account, undefined, 'any');
  if (none !== undefined || !organizationKeys.some((key) => question.mentions.keys.has(key))) return none;
  return tryOne(question, acting, account, freshMembership, 'any');
}

function namedSources(question: Question, acting: Acting): readonly Admission[] {
  const { source } = question.mentions;
  const organizations = [...source.memberships].flatMap(([text, membership]) =>
    isOutside(question, membership)
      ? (tryOne(question, acting, freshAccount(question), membership, text) ?? [])
      : [],
  );
  const tried = memberships(question, source, organizationKeys);
  const ofAccount = (account: string, name: string) => {
    for (const membership of tried) {
      const admission = tryOne(question, acting, account, membership, name);
      if (admission !== undefined) return [admission];
    }
    return [];
  };
  const patterns = [...source.accountPatterns].flatMap((pattern) => {
    const account = accountLike(question, pattern);
    return account === undefined ? [] : ofAccount(account, pattern);
  });
  const accounts = [...source.accounts].filter((account) => !question.zone.accounts.has(account));
  return [...organizations, ...patterns, ...accounts.flatMap((account) => ofAccount(account, account))];
}

/** A service acting for accounts outside. In a trust policy, iam:PassRole keeps most services inside the account. */
export function admitService(question: Question, service: string): readonly Admission[] {
  const trust = question.kind === 'iam:role';
  if (trust && isCompute(service)) return [];
  const acting: Acting =
    service === '*' ? { name: '*', service: 'sns.amazonaws.com' } : { name: service, service };
  const any = trust && takesRoleByPassRole(service) ? undefined : anySource(question, acting);
  return any === undefined ? namedSources(question, acting) : [any];
}

/** Any service, or those that the policies mention. */
export function admitAnyService(question: Question): readonly Admission[] {
  const mentioned = [...question.mentions.services];
  const any = admitService(question, '*');
  return any.length > 0 ? any : mentioned.flatMap((service) => admitService(question, service));
}
