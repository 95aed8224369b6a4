import { globMatches, hasWildcard } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { resourceKey } from './domain.ts';
import { madeCondition } from './goal.ts';
import type { GrantCondition, Outsider, Witness } from './grant.ts';
import { type ActionSet, actionsOf, type Form } from './reach.ts';
import { solveKey } from './solve-key.ts';

/** What one Allow gives one outsider: the actions of each form, gathered until all questions are answered. */
export interface Draft {
  readonly outsider: Outsider;
  readonly statement: Statement;
  readonly conditions: readonly GrantCondition[];
  readonly witness: Witness;
  readonly unproven: boolean;
  readonly sets: Map<Form, ActionSet>;
}

const maxListed = 12;

function covered(pattern: string, form: Form): ActionSet {
  const lower = pattern.toLowerCase();
  let set = 0n;
  for (const [i, action] of form.lower.entries()) if (globMatches(lower, action)) set |= 1n << BigInt(i);
  return set;
}

function writtenFor(pattern: string, sets: Draft['sets'], service: string | undefined): readonly string[] {
  let given = false;
  let whole = true;
  const listed = new Set<string>();
  for (const [form, set] of sets) {
    const mine = covered(pattern, form);
    if ((mine & set) === 0n) continue;
    given = true;
    if ((mine & ~set) !== 0n) whole = false;
    for (const action of actionsOf(mine & set, form)) listed.add(action);
  }
  if (!given) return [];
  if (!whole && listed.size <= maxListed) return [...listed];
  return [pattern === '*' && service !== undefined ? `${service}:*` : pattern];
}

/** The draft's actions as its statement writes them, narrowed to what the kind has and the Denies leave. */
export function writtenActions({ statement, sets }: Draft, service: string | undefined): readonly string[] {
  if (!statement.notAction) {
    return [...new Set(statement.actions.flatMap((pattern) => writtenFor(pattern, sets, service)))];
  }
  const listed = [...new Set([...sets].flatMap(([form, set]) => actionsOf(set, form)))];
  return listed.length <= maxListed || service === undefined ? listed : [`${service}:*`];
}

/** The draft's resources as its statement writes them, narrowed to those that its actions are called on. */
export function writtenResources({ statement, sets }: Draft, arn: string, trust: boolean): readonly string[] {
  const { resources, notResource } = statement;
  if (resources === undefined || trust) return [arn];
  if (notResource) return [...sets.keys()].map(({ written }) => written);
  const meets = (pattern: string) => {
    const open = statement.resourceVariables
      ? (fillVariables(pattern, () => undefined) ?? pattern.replace(/\$\{[^}]*\}/g, '*'))
      : pattern;
    return [...sets.keys()].some(({ resource }) => {
      if (resource.state === 'fixed') return globMatches(open, String(resource.value));
      if (!hasWildcard(open) && resource.shape === undefined) return true;
      const goal = { condition: madeCondition(resourceKey, 'StringLike', [open]), wanted: true };
      return solveKey(resourceKey, resource, [goal], () => undefined).state !== 'none';
    });
  };
  return resources.filter(meets);
}
