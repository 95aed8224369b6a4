import { globCovers, hasWildcard } from '../iam/glob.ts';
import { asGlob } from '../iam/variable.ts';
import type { Grant, GrantCondition } from './grant.ts';
import { saysName, takesInOutsider } from './takes-in.ts';

/** Grants to one outsider under the same conditions, each by another statement. */
export type Parts = readonly [Grant, ...Grant[]];

/** Texts, and those of them that take in others. */
interface Listed {
  readonly texts: ReadonlySet<string>;
  readonly globs: readonly string[];
}

/** What one statement gives. */
interface Reach {
  /** In lower case: actions are told apart without letter case. */
  readonly actions: Listed;
  readonly resources: Listed;
}

/** Grants of one outsider with what they are compared by. */
export interface Said {
  readonly outsider: Grant['outsider'];
  readonly reaches: readonly Reach[];
  readonly conditions: ReadonlySet<string>;
  /** Those that say more than the outsider's name. */
  readonly more: ReadonlySet<string>;
}

const textsOf = (conditions: readonly GrantCondition[]): ReadonlySet<string> =>
  new Set(conditions.map((condition) => JSON.stringify(condition)));

const isGlob = (text: string) => hasWildcard(text) && !text.includes('${');

const listed = (texts: readonly string[], withGlobs: boolean): Listed => ({
  texts: new Set(texts),
  globs: withGlobs ? texts.filter(isGlob) : [],
});

/**
 * What grants are compared by.
 * @param withGlobs whether a glob stands for all that it takes in; otherwise for itself alone
 */
export function saidBy(parts: Parts, withGlobs: boolean): Said {
  const [{ outsider, conditions }] = parts;
  return {
    outsider,
    reaches: parts.map(({ actions, resources }) => ({
      actions: listed(
        actions.map((action) => action.toLowerCase()),
        withGlobs,
      ),
      resources: listed(resources, withGlobs),
    })),
    conditions: textsOf(conditions),
    more: textsOf(conditions.filter((condition) => !saysName(outsider, condition))),
  };
}

const takesIn = ({ texts, globs }: Listed, text: string): boolean =>
  texts.has(text) || globs.some((glob) => globCovers(glob, asGlob(text)));

/** Whether each action on each resource is given by one statement: what two of them give apart, they do not give at once. */
function isReached({ actions, resources }: Reach, reaches: readonly Reach[]): boolean {
  return [...actions.texts].every((action) => {
    const giving = reaches.filter((one) => takesIn(one.actions, action));
    return [...resources.texts].every((resource) => giving.some((one) => takesIn(one.resources, resource)));
  });
}

function holdsAll(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  for (const one of narrow) if (!wide.has(one)) return false;
  return true;
}

/** Whether the first says all that the second says: to all whom it is about, as much, under no more conditions. */
export const saysAll = (wide: Said, narrow: Said): boolean =>
  takesInOutsider(wide.outsider, narrow.outsider) &&
  holdsAll(narrow.conditions, wide.more) &&
  narrow.reaches.every((reach) => isReached(reach, wide.reaches));
