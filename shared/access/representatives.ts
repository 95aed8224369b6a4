import { accountSegment } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { globMatches, hasWildcard } from '../iam/glob.ts';
import { none } from '../iam/none.ts';
import { type Budget, budgetOf, spend } from './budget.ts';
import { strangerAccount } from './domain.ts';
import type { Goal } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import type { Side } from './mentions.ts';
import { freshOrganization } from './organization-like.ts';
import { membershipKeys, organizationsOfPath } from './organization-path.ts';
import { ownMentions } from './own-mentions.ts';
import { classes, globPattern, many, type Pattern, shape, textPattern, times } from './pattern.ts';
import type { Question } from './question.ts';
import { narrowerThan } from './region.ts';
import { findWord } from './word-search.ts';

/**
 * Of the accounts and organizations that no policy mentions one stands for all, as long as no pattern tells it from the
 * others. Where patterns do (`9*`, `o-a*`), ids are drawn of which one is let in if any is.
 */
interface Sort {
  readonly keys: ReadonlySet<string>;
  /** The part of a value of these keys that is about the id. */
  readonly read: (value: string) => string;
  /** What an id, or a glob of some, is made of. */
  readonly written: RegExp;
  /** Globs that leave out nobody, or everybody. */
  readonly indifferent: RegExp;
  readonly shape: Pattern;
  readonly wild: number;
  readonly usual: string;
  readonly isTaken: (question: Question, id: string) => boolean;
}

const accounts: Sort = {
  keys: new Set([
    'aws:principalaccount',
    'kms:calleraccount',
    'aws:principalarn',
    'aws:sourceowner',
    'aws:sourceaccount',
    'aws:sourcearn',
  ]),
  read: (value) => accountSegment(value) ?? value,
  written: /^[\d*?]+$/,
  indifferent: /^\*+$|^\?+$/,
  shape: times(classes.digit, 12),
  wild: classes.digit,
  usual: strangerAccount,
  isTaken: ({ zone, mentions: { caller, source } }, id) =>
    zone.accounts.has(id) || caller.accounts.has(id) || source.accounts.has(id),
};

const organizations: Sort = {
  keys: membershipKeys,
  read: organizationsOfPath,
  written: /^[a-z0-9*?-]+$/,
  indifferent: /^(?:o-)?\*+$/,
  shape: [...shape('o-'), ...times(classes.lowerOrDigit, 10), many(classes.lowerOrDigit)],
  wild: classes.anything,
  usual: freshOrganization,
  isTaken: ({ zone, mentions: { caller, source } }, id) =>
    zone.organizations.has(id) || caller.organizations.has(id) || source.organizations.has(id),
};

/** Globs of ids: for each of `wanted`, one of them must match, and none of `unwanted`. */
interface Asked {
  readonly wanted: readonly (readonly string[])[];
  readonly unwanted: readonly string[];
}

/** What the goals ask of the ids. */
function askedBy(goals: readonly Goal[], { keys, read, written }: Sort): Asked {
  const wanted: string[][] = [];
  const unwanted: string[] = [];
  for (const goal of goals) {
    const { key, values, variables, operator } = goal.condition;
    if (variables || !keys.has(key) || operator.comparison === 'Null') continue;
    const isGlob = operator.comparison === 'StringLike' || operator.comparison === 'ArnLike';
    const texts = isGlob ? values : values.filter((value) => !hasWildcard(value));
    const globs = texts.map(read).filter((glob) => written.test(glob));
    if (!asksForMatch(goal)) unwanted.push(...globs);
    else if (globs.length === texts.length) wanted.push(globs);
  }
  return { wanted, unwanted };
}

/** So many ids that are taken are passed over. */
const maxDraws = 16;

/** What looking for one id may cost; a glob that leaves it hard to find is as good as one that leaves none. */
const maxWork = 8_000;

/** An id that is not taken, as it is asked for; undefined when there is none, or it takes too long to find. */
function find(question: Question, sort: Sort, { wanted, unwanted }: Asked, work: Budget): string | undefined {
  const patternOf = (glob: string) => globPattern(glob, sort.wild);
  const unions = [[sort.shape], ...wanted.map((union) => union.map(patternOf))];
  const avoided = unwanted.filter((glob) => !sort.indifferent.test(glob)).map(patternOf);
  for (let i = 0; i < maxDraws; i += 1) {
    const word = findWord(unions, avoided, work);
    if (word.state !== 'found') return undefined;
    if (!sort.isTaken(question, word.text)) return word.text;
    avoided.push(textPattern(word.text));
  }
  return undefined;
}

/** What was found in a decision, by what was asked: many of its statements ask the same. */
const foundIn = new WeakMap<Budget, Map<string, string | undefined>>();

/** The same; the usual one when the decision has no work left: whoever is asked for counts as let in then. */
function draw(question: Question, sort: Sort, asked: Asked): string | undefined {
  const { budget } = question;
  if (budget.left <= 0) return sort.usual;
  const found = foundIn.get(budget) ?? new Map<string, string | undefined>();
  foundIn.set(budget, found);
  const name = sort.usual + JSON.stringify(asked);
  if (found.has(name)) return found.get(name);
  const work = budgetOf(Math.min(maxWork, budget.left));
  const before = work.left;
  const id = find(question, sort, asked, work);
  spend(budget, before - work.left);
  found.set(name, id);
  return id;
}

/**
 * Ids that the glob matches and no narrower one does: as the Allow and the Denies ask, as far as the Denies forbid, and
 * whatever they say.
 */
function drawLike(
  question: Question,
  sort: Sort,
  glob: string,
  narrower: ReadonlySet<string>,
): readonly string[] {
  const own = askedBy(question.goals, sort);
  const spared = askedBy(
    question.denies.flatMap(({ conditions }) =>
      conditions.map((condition) => ({ condition, wanted: false })),
    ),
    sort,
  );
  const wanted = [[glob], ...own.wanted];
  const others = [...narrower];
  const unwanted = [...others, ...own.unwanted, ...spared.unwanted];
  const tried: readonly Asked[] = [
    { wanted: [...wanted, ...spared.wanted], unwanted },
    { wanted, unwanted },
    { wanted: [[glob]], unwanted: others },
  ];
  return [...new Set(gather(tried, (asked) => draw(question, sort, asked)))];
}

/** What was drawn for a question, which asks the same for one caller after the other. */
const drawn = new WeakMap<Question, Map<string, readonly string[]>>();

function once(question: Question, name: string, ids: () => readonly string[]): readonly string[] {
  const known = drawn.get(question) ?? new Map<string, readonly string[]>();
  drawn.set(question, known);
  const found = known.get(name) ?? ids();
  known.set(name, found);
  return found;
}

const idsLike = (
  question: Question,
  sort: Sort,
  glob: string,
  narrower: ReadonlySet<string>,
): readonly string[] =>
  once(question, `like ${sort.usual} ${glob}`, () => drawLike(question, sort, glob, narrower));

/** An id that none of the globs matches. */
const idsBeyond = (question: Question, sort: Sort, globs: readonly string[]): readonly string[] =>
  once(question, `beyond ${sort.usual} ${globs.join(' ')}`, () =>
    gather([globs], (unwanted) => draw(question, sort, { wanted: none, unwanted })),
  );

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

const narrower = new WeakMap<Texts, Map<string, ReadonlySet<string>>>();

/** Those of the globs that are narrower than one of them. */
function narrowerAmong(globs: Texts, glob: string): ReadonlySet<string> {
  const known = narrower.get(globs) ?? new Map<string, ReadonlySet<string>>();
  narrower.set(globs, known);
  const found = known.get(glob) ?? narrowerThan(glob, listOf(globs));
  known.set(glob, found);
  return found;
}

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
