import { globMatches, hasWildcard } from '../iam/glob.ts';
import { rememberingFor } from '../iam/memory.ts';
import { accounts, idsBeyond, idsLike, organizations, type Sort } from './drawn-ids.ts';
import type { Side } from './mentions.ts';
import { ownMentions } from './own-mentions.ts';
import type { Question } from './question.ts';
import { narrowerThan } from './region.ts';

/** The texts of a set, or the keys of a map. */
interface Texts {
  keys(): IterableIterator<string>;
}

const lists = new WeakMap<Texts, readonly string[]>();

/** The texts as one list, of which an index is made once. */
function listOf(texts: Texts): readonly string[] {
  const known = lists.get(texts) ?? [...texts.keys()];
  lists.set(texts, known);
  return known;
}

/** Those of the globs that are narrower than one of them. */
const narrowerAmong = rememberingFor((globs: Texts, glob: string) => narrowerThan(glob, listOf(globs)));

/** Accounts outside the zone, and not mentioned, whose id matches the pattern, and none of the side's that are narrower. */
export const accountsLike = (
  question: Question,
  { accountPatterns }: Side,
  pattern: string,
): Iterable<string> => idsLike(question, accounts, pattern, narrowerAmong(accountPatterns, pattern));

/** An account outside the zone that no policy mentions. */
function freshAccount(question: Question): string {
  let account = accounts.usual;
  while (accounts.isTaken(question, account)) account = String(Number(account) + 1_000_003);
  return account;
}

/** Whether none of the globs tells the id from others. */
const isBeyond = ({ indifferent }: Sort, globs: Iterable<string>, id: string): boolean => {
  for (const glob of globs) if (!indifferent.test(glob) && globMatches(glob, id)) return false;
  return true;
};

/**
 * An account outside the zone that no policy mentions, and that no pattern matches, if there is one: it stands for all
 * such.
 */
export function strangers(question: Question, side: 'caller' | 'source'): Iterable<string> {
  const usual = freshAccount(question);
  if (question.mentions[side].accountPatterns.size === 0) return [usual];
  const patterns = ownMentions(question)[side].accountPatterns;
  if (isBeyond(accounts, patterns, usual)) return [usual];
  const beyond = idsBeyond(question, accounts, [...patterns]);
  return beyond.length === 0 ? [usual] : beyond;
}

/** Organizations outside the zone that a glob matches, or that is named; with `*` any of which no policy speaks. */
export function* organizationsLike(
  question: Question,
  { organizations: mentioned }: Side,
  glob: string,
): Iterable<string> {
  const isAny = glob === '*';
  const usual = isAny ? organizations.usual : mentioned.get(glob);
  const others = isAny ? mentioned.keys() : narrowerAmong(mentioned, glob);
  const isUsual = usual !== undefined && isBeyond(organizations, others, usual);
  if (isUsual && !question.zone.organizations.has(usual)) yield usual;
  if (!hasWildcard(glob)) return;
  if (!isAny) yield* idsLike(question, organizations, glob, narrowerAmong(mentioned, glob));
  else if (!isUsual) yield* idsBeyond(question, organizations, listOf(mentioned));
}
