import { accountSegment, arnSegments } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { longList } from '../iam/long-list.ts';
import { none } from '../iam/none.ts';
import type { Caller } from './caller.ts';
import { startOf } from './glob-index.ts';
import type { Goal } from './goal.ts';
import type { Question } from './question.ts';

/** The account that all ARNs of a glob have, where its segment is written out, up to the colon behind it. */
function accountOf(arn: string): string | undefined {
  const start = startOf(arn);
  return arnSegments(start) === undefined ? undefined : accountSegment(start);
}

/** The organization that all paths of a glob are of. */
function organizationOf(path: string): string | undefined {
  const start = startOf(path);
  const slash = start.indexOf('/');
  return slash === -1 ? undefined : start.slice(0, slash);
}

/** How a value of a key says whom it is about, and who the caller is to the key; undefined where that is left open. */
interface Telling {
  readonly idOf: (value: string) => string | undefined;
  readonly callerOf: (caller: Caller) => string | undefined;
}

const tellings: ReadonlyMap<string, Telling> = new Map([
  [
    'aws:principalarn',
    {
      idOf: accountOf,
      callerOf: (caller) =>
        caller.sort === 'aws' || caller.sort === 'canonical' ? caller.account : undefined,
    },
  ],
  // Where a service does not tell for whom it acts, it is a bucket, whose ARN has no account, if anything.
  [
    'aws:sourcearn',
    {
      idOf: (arn) => accountOf(arn) || undefined,
      callerOf: (caller) => (caller.sort === 'service' ? (caller.account ?? '') : undefined),
    },
  ],
  [
    'aws:principalorgpaths',
    {
      idOf: organizationOf,
      callerOf: (caller) => (caller.sort === 'aws' ? caller.membership?.organization : undefined),
    },
  ],
  [
    'aws:sourceorgpaths',
    {
      idOf: organizationOf,
      callerOf: (caller) => (caller.sort === 'service' ? caller.membership?.organization : undefined),
    },
  ],
]);

interface Sorted {
  /** By whom they are about. */
  readonly about: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

const sorted = new WeakMap<readonly string[], Sorted>();

function sortedBy(values: readonly string[], idOf: Telling['idOf']): Sorted {
  const known = sorted.get(values);
  if (known !== undefined) return known;
  const about = new Map<string, string[]>();
  const others: string[] = [];
  for (const value of values) {
    const id = idOf(value);
    const list = id === undefined ? others : about.get(id);
    if (list === undefined) about.set(id ?? '', [value]);
    else list.push(value);
  }
  const found = { about, others };
  sorted.set(values, found);
  return found;
}

/** The values of a key's list that may be about someone: those that are about him, and those that leave it open. */
export function valuesFor(key: string, values: readonly string[], id: string): readonly string[] {
  const telling = tellings.get(key);
  if (telling === undefined) return values;
  const { about, others } = sortedBy(values, telling.idOf);
  return [...(about.get(id) ?? none), ...others];
}

/** The condition without the values that are about others than the caller, and so match nothing of his. */
function narrowed(condition: Condition, caller: Caller): Condition {
  const { key, values, variables } = condition;
  if (variables || values.length < longList) return condition;
  const id = tellings.get(key)?.callerOf(caller);
  return id === undefined ? condition : { ...condition, values: valuesFor(key, values, id) };
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
