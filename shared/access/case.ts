import type { Condition } from '../iam/condition.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { type ActionList, actionsMatching, firstAction } from './action-list.ts';
import { type ActionSet, both, isEmpty, isWithin, overlap, without } from './action-set.ts';
import type { Budget } from './budget.ts';
import type { CompiledZone } from './compiled-zone.ts';
import type { JudgedResource } from './decision.ts';
import { resourceKey, type Scene } from './domain.ts';
import { type Form, resourceOf } from './form.ts';
import { type Goal, madeCondition } from './goal.ts';
import type { Mentions } from './mentions.ts';
import type { Permission, PermissionTo } from './passing.ts';
import type { Denying, Question } from './question.ts';
import { actionsCovered, meetingOf, splitBy } from './reach.ts';
import { asSearched } from './searched-condition.ts';

export type DeniesOn = (place: number) => readonly Reaching[];

/** One resource with everything that decides about it, read and sorted. */
export interface Case {
  readonly resource: JudgedResource;
  readonly zone: CompiledZone;
  readonly forms: readonly Form[];
  /** The Denies that reach the form at a place of `forms`. */
  readonly deniesOn: DeniesOn;
  readonly mentions: Mentions;
  /** S3 cuts a public policy down to services and the owner's account. */
  readonly servicesOnly: boolean;
  /** Whether callers inside count too: to learn whether a statement can ever fire. */
  readonly anyCaller: boolean;
  readonly budget: Budget;
  readonly permissionTo: PermissionTo | undefined;
  /** Filled with the statements of which some caller could not be settled, and is let in. */
  readonly widened: Statement[];
  readonly scene: Scene;
}

/** A question and the actions that it is asked for. */
export interface AskedFor {
  readonly form: Form;
  readonly set: ActionSet;
  readonly question: Question;
}

/** How the patterns of Resource meet a form, all together; undefined when it takes a search. */
function allMeeting(patterns: readonly string[], form: Form): 'all' | 'none' | undefined {
  let meeting: 'none' | undefined = 'none';
  for (let i = 0; i < patterns.length; i += 1) {
    const pattern = patterns[i] as string;
    const one = meetingOf(pattern, form);
    if (one === 'all') return 'all';
    if (one !== 'none') meeting = undefined;
  }
  return meeting;
}

/**
 * What Resource or NotResource asks on a form: nothing, something that cannot be, or a condition. A trust policy has
 * neither; a resource control policy has one for roles too.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function resourceCondition(
  { resources, notResource, resourceVariables, control }: Statement,
  form: Form,
  trust: boolean,
): Condition | 'never' | undefined {
  if (resources === undefined || (trust && !control)) return undefined;
  const meeting = resourceVariables ? undefined : allMeeting(resources, form);
  if (meeting !== undefined) return (meeting === 'none') === notResource ? undefined : 'never';
  const more = { negated: notResource, variables: resourceVariables };
  return madeCondition(resourceKey, 'StringLike', resources, more);
}

/** A Deny with those actions of a form that it covers. */
interface Reaching {
  readonly set: ActionSet;
  readonly denying: Denying;
}

/** Where there are no Denies. */
export const noDenies: DeniesOn = () => none;

/** The Denies that reach each form, worked out when they are first asked for. */
export function reachingDenies(
  denies: readonly Statement[],
  forms: readonly Form[],
  trust: boolean,
): DeniesOn {
  if (denies.length === 0) return noDenies;
  const known: (readonly Reaching[] | undefined)[] = forms.map(() => undefined);
  return (place) => {
    const before = known[place];
    if (before !== undefined) return before;
    let found: readonly Reaching[] = none;
    for (let i = 0; i < denies.length; i += 1) {
      const deny = denies[i] as Statement;
      const one = reachOf(deny, forms[place] as Form, trust);
      if (one !== undefined) found = withOne(found, one);
    }
    known[place] = found;
    return found;
  };
}

/** Resource control policies reach the actions of the services that they cover. */
function reachOf(deny: Statement, form: Form, trust: boolean): Reaching | undefined {
  if (deny.unknownOperators.length > 0) return undefined;
  const covered = actionsCovered(deny, form.list);
  const set = deny.control ? both(covered, form.list.controlled) : covered;
  const resource = isEmpty(set) ? 'never' : resourceCondition(deny, form, trust);
  if (resource === 'never') return undefined;
  const own = asSearched(deny.conditions);
  return { set, denying: { statement: deny, conditions: resource === undefined ? own : [resource, ...own] } };
}

/** The actions that take unsigned calls; an unsigned call to a function URL invokes the function as well. */
function unsignedOf(list: ActionList, { urlCallers }: Scene): readonly ActionSet[] {
  return urlCallers === 'everyone'
    ? [...list.waysIn, actionsMatching('lambda:InvokeFunction', list)]
    : list.waysIn;
}

function denyingAmong(reaching: readonly Reaching[], set: ActionSet): readonly Denying[] {
  let denies: readonly Denying[] = none;
  for (let i = 0; i < reaching.length; i += 1) {
    const one = reaching[i] as Reaching;
    if (overlap(one.set, set)) denies = withOne(denies, one.denying);
  }
  return denies;
}

/** What a role's policies say of an action that goes with assuming it, worked out when it is first asked. */
export function permissionsIn(
  statements: readonly Statement[],
  [form]: readonly Form[],
  deniesOn: DeniesOn,
): PermissionTo {
  const known = new Map<string, Permission>();
  return (action) => {
    const before = known.get(action);
    if (before !== undefined || form === undefined) return before ?? { allows: none, denies: none };
    const wanted = actionsMatching(action, form.list);
    const allows = statements.filter(
      (one) => one.effect === 'Allow' && overlap(actionsCovered(one, form.list), wanted),
    );
    const found = { allows, denies: denyingAmong(deniesOn(0), wanted) };
    known.set(action, found);
    return found;
  };
}

/** What to ask of an Allow: once per form of the resource and set of actions that all Denies treat alike. */
export function questionsOf(given: Case, statement: Statement): readonly AskedFor[] {
  let asked: readonly AskedFor[] = none;
  const own = asSearched(statement.conditions);
  for (let i = 0; i < given.forms.length; i += 1) asked = withForm(asked, given, statement, i, own);
  return asked;
}

/** What is asked, with what is asked on the form at a place. */
function withForm(
  before: readonly AskedFor[],
  given: Case,
  statement: Statement,
  place: number,
  own: readonly Condition[],
): readonly AskedFor[] {
  const { list } = given.forms[place] as Form;
  const covered = actionsCovered(statement, list);
  if (given.anyCaller || isWithin(covered, list.acrossAccounts))
    return withActions(before, given, statement, place, own, covered);
  const across = both(covered, list.acrossAccounts);
  const asked = withActions(before, given, statement, place, own, across);
  const services = onlyServices(statement);
  if (services === undefined) return asked;
  return withActions(asked, given, services, place, own, without(covered, list.acrossAccounts));
}

/**
 * The services that a statement names: AWS does not say whether what callers of other accounts cannot call is closed to
 * those as well. A star that lets in other accounts lets in nobody there.
 */
function onlyServices(statement: Statement): Statement | undefined {
  const { principals, notPrincipal } = statement;
  if (notPrincipal || principals.services.length === 0) return undefined;
  const others = { everyone: false, everyoneSigned: false, accounts: none, named: none };
  return { ...statement, principals: { ...principals, ...others, federated: none, canonicalUsers: none } };
}

function withActions(
  before: readonly AskedFor[],
  given: Case,
  statement: Statement,
  place: number,
  own: readonly Condition[],
  covered: ActionSet,
): readonly AskedFor[] {
  const form = given.forms[place] as Form;
  const { list } = form;
  const trust = given.resource.kind === 'iam:role';
  const all = trust ? both(covered, list.doors) : covered;
  const more = isEmpty(all) ? 'never' : resourceCondition(statement, form, trust);
  if (more === 'never') return before;
  const goals = goalsOf(own, more);
  const reaching = given.deniesOn(place);
  const parts = alike(all, unsignedOf(list, given.scene), reaching);
  let asked = before;
  for (let i = 0; i < parts.length; i += 1) {
    const set = parts[i] as ActionSet;
    const question = questionFor(given, statement, form, goals, set, denyingAmong(reaching, set));
    asked = withOne(asked, { form, set, question });
  }
  return asked;
}

function goalsOf(own: readonly Condition[], more: Condition | undefined): readonly Goal[] {
  let goals: readonly Goal[] = none;
  for (let i = 0; i < own.length; i += 1)
    goals = withOne(goals, { condition: own[i] as Condition, wanted: true });
  return more === undefined ? goals : withOne(goals, { condition: more, wanted: true });
}

function questionFor(
  { resource, scene, mentions, zone, budget, servicesOnly, anyCaller, permissionTo }: Case,
  statement: Statement,
  form: Form,
  goals: readonly Goal[],
  set: ActionSet,
  denies: readonly Denying[],
): Question {
  const { kind } = resource;
  const setting = { scene, action: firstAction(set, form.list), resource: resourceOf(form), withheld: none };
  return {
    statement,
    kind,
    goals,
    denies,
    setting,
    mentions,
    zone,
    budget,
    servicesOnly,
    anyCaller,
    permissionTo,
  };
}

/** The set in parts that all of these sorts of calls, and all Denies, treat alike. */
function alike(
  all: ActionSet,
  sorts: readonly ActionSet[],
  reaching: readonly Reaching[],
): readonly ActionSet[] {
  let parts: readonly ActionSet[] = [all];
  for (let i = 0; i < sorts.length; i += 1) parts = splitBy(parts, sorts[i] as ActionSet);
  for (let i = 0; i < reaching.length; i += 1) {
    const { set } = reaching[i] as Reaching;
    parts = splitBy(parts, set);
  }
  return parts;
}
