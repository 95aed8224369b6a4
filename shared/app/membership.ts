import type { AccountId } from '../iam/arn.ts';
import type { Member } from './ports.ts';

/** States of accounts that nobody of ours works in any more, and what they are called in a title. */
const ended: Readonly<Record<string, string>> = {
  SUSPENDED: 'suspended',
  PENDING_CLOSURE: 'being closed',
  CLOSED: 'closed',
};

/** Whether an account that the organization lists is one of ours still: whoever gets hold of a closed one is not. */
export const isInside = ({ state }: Pick<Member, 'state'>) => ended[state] === undefined;

/** An account that has left the organization, and when that was first seen. */
export interface Departed {
  readonly id: AccountId;
  /** ISO 8601. */
  readonly seenAt: string;
}

/** So many that have left are remembered: for words in a title, nothing else. */
const mostDeparted = 1000;

/** Who has left, after a list of accounts has taken the place of another. */
export function departed(
  before: { readonly accounts: readonly Member[]; readonly departed?: readonly Departed[] },
  accounts: readonly Pick<Member, 'id'>[],
  seenAt: string,
): readonly Departed[] {
  const listed = new Set(accounts.map(({ id }) => id));
  const gone = before.accounts.filter(({ id }) => !listed.has(id)).map(({ id }) => ({ id, seenAt }));
  const earlier = (before.departed ?? []).filter(({ id }) => !listed.has(id));
  return [...gone, ...earlier].slice(0, mostDeparted);
}

/** What has become of accounts that were inside once. */
export function formerMembers(
  accounts: readonly Member[],
  gone: readonly Departed[],
): ReadonlyMap<AccountId, string> {
  return new Map([
    ...gone.map(({ id }) => [id, 'has left the organization'] as const),
    ...accounts.flatMap(({ id, state }) => {
      const word = ended[state];
      return word === undefined ? [] : [[id, `an own account that is ${word}`] as const];
    }),
  ]);
}
