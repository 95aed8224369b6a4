import { arnSegments } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { hasWildcard } from '../iam/glob.ts';
import { longList } from '../iam/long-list.ts';
import { none } from '../iam/none.ts';
import type { Comparison } from '../iam/operator.ts';
import type { Caller } from './caller.ts';
import { startOf } from './glob-index.ts';
import type { Goal } from './goal.ts';
import type { Question } from './question.ts';
import { isForcedArn } from './service-keys.ts';

/** The account that all ARNs of a glob have. By ArnLike a star before it stays in its segment; by others it may run on. */
function accountOf(arn: string, comparison: Comparison): string | undefined {
  const account = arnSegments(comparison === 'ArnLike' ? arn : startOf(arn))?.[4];
  return account === undefined || hasWildcard(account) ? undefined : account;
}

/** The organization that all paths of a glob are of. */
function organizationOf(path: string): string | undefined {
  const start = startOf(path);
  const slash = start.indexOf('/');
  return slash === -1 ? undefined : start.slice(0, slash);
}

/** How a value of a key says whom it is about, and who the caller is to the key; undefined where that is left open. */
interface Telling {
  readonly idOf: (value: string, comparison: Comparison) => string | undefined;
  readonly callerOf: (caller: Caller) => string | undefined;
}

const ofPrincipal: Telling = {
  idOf: accountOf,
  callerOf: (caller) => (caller.sort === 'aws' || caller.sort === 'canonical' ? caller.account : undefined),
};

/** Where a service does not tell for whom it acts, it is a bucket, whose ARN has no account, if anything. */
const ofSource: Telling = {
  idOf: (arn, comparison) => accountOf(arn, comparison) || undefined,
  callerOf: (caller) => (caller.sort === 'service' ? (caller.account ?? '') : undefined),
};

const ofMember: Telling = {
  idOf: organizationOf,
  callerOf: (caller) => (caller.sort === 'aws' ? caller.membership?.organization : undefined),
};

const ofSourceMember: Telling = {
  idOf: organizationOf,
  callerOf: (caller) => (caller.sort === 'service' ? caller.membership?.organization : undefined),
};

const tellings: ReadonlyMap<string, Telling> = new Map([
  ['aws:principalarn', ofPrincipal],
  ['aws:sourcearn', ofSource],
  ['aws:principalorgpaths', ofMember],
  ['aws:sourceorgpaths', ofSourceMember],
]);

const tellingOf = (key: string): Telling | undefined =>
  tellings.get(key) ?? (isForcedArn(key) ? ofSource : undefined);

interface Sorted {
  /** By whom they are about. */
  readonly about: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

const sorted = new WeakMap<readonly string[], Sorted>();

function sortedBy(values: readonly string[], comparison: Comparison, { idOf }: Telling): Sorted {
  const known = sorted.get(values);
  if (known !== undefined) return known;
  const about = new Map<string, string[]>();
  const others: string[] = [];
  for (const value of values) {
    const id = idOf(value, comparison);
    const list = id === undefined ? others : about.get(id);
    if (list === undefined) about.set(id ?? '', [value]);
    else list.push(value);
  }
  const found = { about, others };
  sorted.set(values, found);
  return found;
}

/** The values of a key's list that may be about someone: those that are about him, and those that leave it open. */
export function valuesFor(
  key: string,
  values: readonly string[],
  id: string,
  comparison: Comparison,
): readonly string[] {
  const telling = tellingOf(key);
  if (telling === undefined) return values;
  const { about, others } = sortedBy(values, comparison, telling);
  return [...(about.get(id) ?? none), ...others];
}

/** The condition without the values that are about others than the caller, and so match nothing of his. */
function narrowed(condition: Condition, caller: Caller): Condition {
  const { key, values, variables, operator } = condition;
  if (variables || values.length < longList) return condition;
  const id = tellingOf(key)?.callerOf(caller);
  return id === undefined
    ? condition
    : { ...condition, values: valuesFor(key, values, id, operator.comparison) };
}

/**
 * The question as it is for one caller, where policies list very many: of the ARNs and paths of others none can be his,
 * and going through all of them for each of them took the square of their number.
 */
export function narrowedTo(question: Question, caller: Caller): Question {
  const { goals, denies } = question;
  const ofGoal = (goal: Goal): Goal => ({ ...goal, condition: narrowed(goal.condition, caller) });
  return {
    ...question,
    goals: goals.map(ofGoal),
    denies: denies.map(({ statement, conditions }) => ({
      statement,
      conditions: conditions.map((condition) => narrowed(condition, caller)),
    })),
  };
}
