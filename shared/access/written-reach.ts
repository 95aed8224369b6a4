import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { fillVariables } from '../iam/variable.ts';
import { withOne } from '../iam/with-one.ts';
import { actionsMatching, shownActions } from './action-list.ts';
import { type ActionSet, both, isWithin, overlap } from './action-set.ts';
import { budgetOf } from './budget.ts';
import { type Domain, resourceKey } from './domain.ts';
import { type Form, resourceOf } from './form.ts';
import { madeCondition } from './goal.ts';
import { meetingOf } from './reach.ts';
import { solveKey } from './solve-key.ts';

/** The actions that a grant gives on each form of the resource. */
export type Sets = readonly { readonly form: Form; readonly set: ActionSet }[];

/** So many are named one by one where a statement names what it leaves out, and that is nothing of the kind's. */
const maxListed = 12;

/** Those of a pattern's actions that the sets give, in the catalogue's spelling. */
function listedFor(pattern: string, sets: Sets): readonly string[] {
  const listed = new Set<string>();
  for (const { form, set } of sets) {
    const mine = both(actionsMatching(pattern, form.list), set);
    for (const action of shownActions(mine, form.list)) listed.add(action);
  }
  return [...listed];
}

function writtenFor(pattern: string, sets: Sets, service: string | undefined): string | readonly string[] {
  let given = false;
  let whole = true;
  for (let i = 0; i < sets.length; i += 1) {
    const { form, set } = sets[i] as { readonly form: Form; readonly set: ActionSet };
    const mine = actionsMatching(pattern, form.list);
    if (!overlap(mine, set)) continue;
    given = true;
    if (!isWithin(mine, set) && !isWithin(both(mine, form.list.acrossAccounts), set)) whole = false;
  }
  if (!given) return none;
  if (!whole) return listedFor(pattern, sets);
  return pattern === '*' && service !== undefined ? `${service}:*` : pattern;
}

/** Each action once, letter case aside, as it is first written. */
function eachOnce(actions: readonly string[]): readonly string[] {
  if (actions.length < 2) return actions;
  const known = new Set<string>();
  const once: string[] = [];
  for (let i = 0; i < actions.length; i += 1) {
    const action = actions[i] as string;
    const lower = action.toLowerCase();
    if (known.has(lower)) continue;
    known.add(lower);
    once.push(action);
  }
  return once;
}

function withWritten(before: readonly string[], written: string | readonly string[]): readonly string[] {
  if (typeof written === 'string') return withOne(before, written);
  let actions = before;
  for (let i = 0; i < written.length; i += 1) actions = withOne(actions, written[i] as string);
  return actions;
}

/** The grant's actions as its statement writes them, narrowed to what the kind has and the Denies leave. */
export function writtenActions(
  statement: Statement,
  sets: Sets,
  service: string | undefined,
): readonly string[] {
  if (!statement.notAction) {
    let actions: readonly string[] = none;
    for (let i = 0; i < statement.actions.length; i += 1)
      actions = withWritten(actions, writtenFor(statement.actions[i] as string, sets, service));
    return eachOnce(actions);
  }
  const listed = [...new Set(gather(sets, ({ form, set }) => shownActions(set, form.list)))];
  const ofKind = new Set(gather(sets, ({ form }) => form.list.actions));
  const isShort = ofKind.size <= maxListed || service === undefined;
  return isShort || sets.some(({ form, set }) => !isWithin(form.list.acrossAccounts, set))
    ? listed
    : [`${service}:*`];
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
      budget: budgetOf(20_000),
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
  if (notResource) return sets.map(({ form }) => form.written);
  let met: readonly string[] = none;
  for (let i = 0; i < resources.length; i += 1) {
    const written = resources[i] as string;
    const pattern = statement.resourceVariables ? filled(written) : written;
    if (meetsSome(pattern, sets)) met = withOne(met, written);
  }
  return met;
}

const filled = (pattern: string): string =>
  fillVariables(pattern, () => undefined) ?? pattern.replace(/\$\{[^}]*\}/g, '*');

function meetsSome(pattern: string, sets: Sets): boolean {
  for (let i = 0; i < sets.length; i += 1) {
    const { form } = sets[i] as Sets[number];
    const meeting = meetingOf(pattern, form) ?? (meetsBySearch(pattern, resourceOf(form)) ? 'some' : 'none');
    if (meeting !== 'none') return true;
  }
  return false;
}
