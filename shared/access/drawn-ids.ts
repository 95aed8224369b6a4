import { accountSegment } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { remembering, rememberingFor } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import { type Budget, budgetOf, spend } from './budget.ts';
import { strangerAccount } from './domain.ts';
import type { Goal } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { freshOrganization } from './organization-like.ts';
import { membershipKeys, organizationsOfPath } from './organization-path.ts';
import { classes, globPattern, many, type Pattern, shape, textPattern, times } from './pattern.ts';
import type { Question } from './question.ts';
import { findWord } from './word-search.ts';

/**
 * Of the accounts and organizations that no policy mentions one stands for all, as long as no pattern tells it from the
 * others. Where patterns do (`9*`, `o-a*`), ids are drawn of which one is let in if any is.
 */
export interface Sort {
  readonly keys: ReadonlySet<string>;
  /** The part of a value of these keys that is about the id. */
  readonly read: (value: string) => string;
  /** What an id, or a glob of some, is made of. */
  readonly written: RegExp;
  /** Globs that leave out nobody, or everybody. */
  readonly indifferent: RegExp;
  readonly shape: Pattern;
  readonly patternOf: (glob: string) => Pattern;
  readonly usual: string;
  readonly isTaken: (question: Question, id: string) => boolean;
}

export const accounts: Sort = {
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
  patternOf: remembering((glob) => globPattern(glob, classes.digit)),
  usual: strangerAccount,
  isTaken: ({ zone, mentions: { caller, source } }, id) =>
    zone.accounts.has(id) || caller.accounts.has(id) || source.accounts.has(id),
};

export const organizations: Sort = {
  keys: membershipKeys,
  read: organizationsOfPath,
  written: /^[a-z0-9*?-]+$/,
  indifferent: /^(?:o-)?\*+$/,
  shape: [...shape('o-'), ...times(classes.lowerOrDigit, 10), many(classes.lowerOrDigit)],
  patternOf: remembering((glob) => globPattern(glob, classes.anything)),
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

/** What a question's own conditions ask of the ids, and what its Denies do not forbid. */
interface AskedOfAll {
  readonly own: Asked;
  readonly spared: Asked;
}

const askedOfAll = rememberingFor(({ goals, denies }: Question, sort: Sort): AskedOfAll => {
  const denied = denies.flatMap(({ conditions }) => conditions);
  const spared = denied.map((condition): Goal => ({ condition, wanted: false }));
  return { own: askedBy(goals, sort), spared: askedBy(spared, sort) };
});

/** So many ids that are taken are passed over. */
const maxDraws = 16;

/** What looking for one id may cost; a glob that leaves it hard to find is as good as one that leaves none. */
const maxWork = 8_000;

/** An id that is not taken, as it is asked for; undefined when there is none, or it takes too long to find. */
function find(question: Question, sort: Sort, { wanted, unwanted }: Asked, work: Budget): string | undefined {
  const unions = [[sort.shape], ...wanted.map((union) => union.map(sort.patternOf))];
  const avoided = unwanted.filter((glob) => !sort.indifferent.test(glob)).map(sort.patternOf);
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
  const { own, spared } = askedOfAll(question, sort);
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

/** Ids that the glob matches and no narrower one does. */
export const idsLike = (
  question: Question,
  sort: Sort,
  glob: string,
  narrower: ReadonlySet<string>,
): readonly string[] =>
  once(question, `like ${sort.usual} ${glob}`, () => drawLike(question, sort, glob, narrower));

/** An id that none of the globs matches. */
export const idsBeyond = (question: Question, sort: Sort, globs: readonly string[]): readonly string[] =>
  once(question, `beyond ${sort.usual} ${globs.join(' ')}`, () =>
    gather([globs], (unwanted) => draw(question, sort, { wanted: none, unwanted })),
  );
