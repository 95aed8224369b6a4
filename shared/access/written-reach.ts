import { gather } from '../iam/gather.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { actionsMatching, shownActions } from './action-list.ts';
import { type ActionSet, both, isWithin, overlap } from './action-set.ts';
import { type Domain, resourceKey } from './domain.ts';
import { madeCondition } from './goal.ts';
import { type Form, meetingOf, resourceOf } from './reach.ts';
import { solveKey } from './solve-key.ts';

export type Sets = ReadonlyMap<Form, ActionSet>;

const maxListed = 12;

function writtenFor(pattern: string, sets: Sets, service: string | undefined): readonly string[] {
  let given = false;
  let whole = true;
  const listed = new Set<string>();
  for (const [form, set] of sets) {
    const mine = actionsMatching(pattern, form.list);
    if (!overlap(mine, set)) continue;
    given = true;
    if (!isWithin(mine, set)) whole = false;
    for (const action of shownActions(both(mine, set), form.list)) listed.add(action);
  }
  if (!given) return [];
  if (!whole && listed.size <= maxListed) return [...listed];
  return [pattern === '*' && service !== undefined ? `${service}:*` : pattern];
}

/** Each action once, letter case aside. */
function eachOnce(actions: readonly string[]): readonly string[] {
  if (actions.length < 2) return actions;
  return [
    ...new Map(actions.toReversed().map((action) => [action.toLowerCase(), action])).values(),
  ].toReversed();
}

/** The grant's actions as its statement writes them, narrowed to what the kind has and the Denies leave. */
export function writtenActions(
  statement: Statement,
  sets: Sets,
  service: string | undefined,
): readonly string[] {
  if (!statement.notAction) {
    return eachOnce(gather(statement.actions, (pattern) => writtenFor(pattern, sets, service)));
  }
  const listed = [...new Set(gather(sets, ([form, set]) => shownActions(set, form.list)))];
  return listed.length <= maxListed || service === undefined ? listed : [`${service}:*`];
}

function meetsBySearch(pattern: string, resource: Domain): boolean {
  if (resource.state === 'open' && resource.shape === undefined) return true;
  const goal = { condition: madeCondition(resourceKey, 'StringLike', [pattern]), wanted: true };
  return (
    solveKey({
      key: resourceKey,
      domain: resource,
      goals: [goal],
      lookUp: () => undefined,
      budget: { left: 20_000 },
    }).state !== 'none'
  );
}

/** The grant's resources as its statement writes them, narrowed to those that its actions are called on. */
export function writtenResources(
  statement: Statement,
  sets: Sets,
  arn: string,
  trust: boolean,
): readonly string[] {
  const { resources, notResource } = statement;
  if (resources === undefined || trust) return [arn];
  if (notResource) return [...sets.keys()].map(({ written }) => written);
  const forms = [...sets.keys()];
  const meets = (pattern: string) => {
    const open = statement.resourceVariables
      ? (fillVariables(pattern, () => undefined) ?? pattern.replace(/\$\{[^}]*\}/g, '*'))
      : pattern;
    return forms.some((form) => {
      const meeting = meetingOf(open, form);
      return meeting === undefined ? meetsBySearch(open, resourceOf(form)) : meeting !== 'none';
    });
  };
  return resources.filter(meets);
}
