import type { Condition } from '../iam/condition.ts';
import { longList } from '../iam/long-list.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { type Budget, spend } from './budget.ts';
import type { Caller, Network } from './caller.ts';
import type { CompiledZone } from './compiled-zone.ts';
import type { Setting } from './domain.ts';
import { type Goal, meets } from './goal.ts';
import type { Outsider } from './grant.ts';
import { domainOf } from './key-domain.ts';
import { speaksOf } from './matching-principal.ts';
import { type Mentions, networkKeys } from './mentions.ts';
import { narrowedTo } from './narrowed-lists.ts';
import { beyondAccessPoints, outsideGoals, userNameGoals } from './outside-goals.ts';
import { waysOf } from './paired-keys.ts';
import { type PermissionTo, waysToPass } from './passing.ts';
import { isRefusedAlike, note, type Refusals } from './refusals.ts';
import { search } from './search.ts';
import { forServiceLinkedRoles } from './service-linked-role.ts';
import type { Denial } from './usual-request.ts';

/** A Deny that covers the actions in question. */
export interface Denying {
  readonly statement: Statement;
  readonly conditions: readonly Condition[];
}

/** Whom does one Allow let in, for actions that all Denies treat alike, on one form of the resource? */
export interface Question {
  readonly statement: Statement;
  readonly kind: string;
  readonly goals: readonly Goal[];
  readonly denies: readonly Denying[];
  readonly setting: Omit<Setting, 'caller' | 'network'>;
  readonly mentions: Mentions;
  readonly zone: CompiledZone;
  readonly budget: Budget;
  /** S3 cuts a public policy down to services and the owner's account. */
  readonly servicesOnly: boolean;
  /** Whether callers inside count too. */
  readonly anyCaller: boolean;
  /** Of a role: what is said of the permissions that a call may need beside its own. */
  readonly permissionTo: PermissionTo | undefined;
}

/** A caller who gets in, by a request that the search found; `unproven` when the search had to stop. */
export interface Admission {
  readonly outsider: Outsider;
  readonly caller: Caller;
  readonly network: Network;
  readonly values: ReadonlyMap<string, string | readonly string[] | undefined>;
  readonly unproven: boolean;
}

/** What the Denies that speak of the caller ask for; undefined when one of them asks for nothing and so stops all. */
function denialsFor({ denies }: Question, caller: Caller): readonly Denial[] | undefined {
  let denials: readonly Denial[] = none;
  for (let i = 0; i < denies.length; i += 1) {
    const { statement, conditions } = denies[i] as Denying;
    const spoken = speaksOf(statement, caller);
    if (spoken === false) continue;
    if (spoken === true && conditions.length === 0) return undefined;
    denials = withOne(denials, spoken === true ? conditions : [spoken, ...conditions]);
  }
  return denials;
}

const internet: readonly Network[] = ['internet'];
const both: readonly Network[] = ['internet', 'endpoint'];

/** What the search found, and over which network. */
type Reply =
  | { readonly state: 'found'; readonly network: Network; readonly values: Admission['values'] }
  | Refusal
  | { readonly state: 'unknown' };

/** That there is no such request, and the keys for which; undefined where it is for no key. */
interface Refusal {
  readonly state: 'none';
  readonly keys: ReadonlySet<string> | undefined;
}

/** The setting with its caller; spelt out, because it is made very often. */
export function settingFor(
  { scene, action, resource, withheld }: Question['setting'],
  caller: Caller,
  network: Network,
): Setting {
  return { caller, network, scene, action, resource, withheld };
}

/** The key, settled for such a caller, for which one of the statement's own conditions fails. */
function settledAgainst(goals: readonly Goal[], setting: Setting): string | undefined {
  for (let i = 0; i < goals.length; i += 1) {
    const goal = goals[i] as Goal;
    const { key, facts, variables, values } = goal.condition;
    // What long lists say costs, and the search takes account of it.
    if (variables || !facts.settled || values.length >= longList) continue;
    const domain = domainOf(key, setting);
    if (domain.state === 'fixed' && !meets(goal, domain.value, noKeys)) return key;
  }
  return undefined;
}

const noKeys = () => undefined;

function allGoals(
  question: Question,
  caller: Caller,
  spoken: true | Condition,
  more: readonly Goal[],
): readonly Goal[] {
  const outside = outsideGoals(caller, question.zone);
  const beyond = beyondAccessPoints(question);
  const names = userNameGoals(caller, question);
  const isAll = spoken === true && outside.length + beyond.length + names.length + more.length === 0;
  if (isAll) return question.goals;
  const named = spoken === true ? none : [{ condition: spoken, wanted: true }];
  return [...question.goals, ...outside, ...beyond, ...named, ...names, ...more];
}

const refused: Refusal = { state: 'none', keys: undefined };
/** By what a Principal says alone. */
const unspoken: Refusal = { state: 'none', keys: new Set() };
const unsettled: Reply = { state: 'unknown' };
const allowed: Reply = { state: 'found', network: 'internet', values: new Map() };

/** Looks for a request of the caller that the statement allows and no Deny stops. */
function ask(asked: Question, caller: Caller, more: readonly Goal[]): Reply {
  const question = asked.mentions.longLists ? narrowedTo(asked, caller) : asked;
  const answer = askEachWay(question, caller, more);
  if (answer.state !== 'none' || question.denies.length === 0) return answer;
  const spared = forServiceLinkedRoles(question, caller);
  const other = spared === undefined ? answer : askEachWay(spared, caller, more);
  // What stops one caller may not stop a service-linked role: it says nothing of others.
  return other.state === 'none' && question.mentions.serviceLinkedRoles ? refused : other;
}

/** Mostly a call passes nothing to the session that it opens, and there is one way to make it. */
function askEachWay(question: Question, caller: Caller, more: readonly Goal[]): Reply {
  const { permissionTo, mentions, denies } = question;
  if (permissionTo === undefined || mentions.sessionKeys.size === 0) return askOnce(question, caller, more);
  let worst: Reply = refused;
  for (const way of waysToPass(permissionTo, mentions.sessionKeys, caller)) {
    const setting = { ...question.setting, withheld: way.withheld };
    const asked = { ...question, setting, denies: [...denies, ...way.denies] };
    const answer = askOnce(asked, caller, [...more, ...way.goals]);
    if (answer.state === 'found') return answer;
    if (answer.state === 'unknown') worst = unsettled;
  }
  return worst;
}

function askOnce(question: Question, caller: Caller, more: readonly Goal[]): Reply {
  const { principals, notPrincipal } = question.statement;
  const spoken = principals.everyone || notPrincipal ? speaksOf(question.statement, caller) : true;
  if (spoken === false) return unspoken;
  const setting = settingFor(question.setting, caller, 'internet');
  const against = settledAgainst(question.goals, setting);
  if (against !== undefined) return { state: 'none', keys: new Set([against]) };
  if (!spend(question.budget, 2 + 8 * question.denies.length)) return unsettled;
  const denials = denialsFor(question, caller);
  if (denials === undefined) return unspoken;
  const goals = allGoals(question, caller, spoken, more);
  if (goals.length === 0 && denials.length === 0) return allowed;
  let worst: Reply | undefined;
  const ways = waysOf(question, caller);
  for (let i = 0; i < ways.length; i += 1) {
    const way = ways[i] as readonly Goal[];
    const answer = searchNetworks(question, setting, way.length === 0 ? goals : [...goals, ...way], denials);
    if (answer.state === 'found' || isForOthers(answer, way)) return answer;
    worst = worse(worst, answer);
  }
  return worst ?? refused;
}

/** Whether it was refused for keys of which a way says nothing: then it is so by every way. */
const isForOthers = (answer: Reply, way: readonly Goal[]): boolean =>
  answer.state === 'none' &&
  answer.keys !== undefined &&
  !way.some(({ condition }) => answer.keys?.has(condition.key));

/** What two ways to call come to, none of which was found. */
function worse(one: Reply | undefined, other: Reply): Reply {
  if (one === undefined || one.state !== 'none') return one ?? other;
  if (other.state !== 'none') return other;
  if (one.keys === undefined || other.keys === undefined) return refused;
  return { state: 'none', keys: new Set([...one.keys, ...other.keys]) };
}

/**
 * Looks over each network that the policies ask about. A service that calls by itself calls from AWS's own: what a VPC
 * endpoint says of a request is not in its.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
function searchNetworks(
  { mentions, budget }: Question,
  setting: Setting,
  goals: readonly Goal[],
  denials: readonly Denial[],
): Reply {
  let worst: Reply | undefined;
  const list = mentions.network && setting.caller.sort !== 'service' ? both : internet;
  for (let i = 0; i < list.length; i += 1) {
    const network = list[i] as Network;
    const there = network === 'internet' ? setting : { ...setting, network };
    const answer = search(there, goals, denials, budget);
    if (answer.state === 'found') return { state: 'found', network, values: answer.values };
    if (answer.state === 'none' && !holdsNetwork(answer.keys)) return answer;
    worst = worse(worst, answer);
  }
  return worst ?? refused;
}

function holdsNetwork(keys: ReadonlySet<string>): boolean {
  for (const key of keys) if (networkKeys.test(key)) return true;
  return false;
}

/**
 * The caller let in, or nobody. A search that had to stop lets in: what we cannot settle widens.
 * @param more what is asked besides
 * @param refusals of such callers asked before, of whom as much was asked, or less
 */
export function admit(
  question: Question,
  caller: Caller,
  outsider: Outsider,
  more: readonly Goal[] = none,
  refusals: Refusals | undefined = undefined,
): Admission | undefined {
  if (refusals !== undefined && isRefusedAlike(refusals, caller)) return undefined;
  const answer = ask(question, caller, more);
  if (answer.state === 'none') {
    if (refusals !== undefined && answer.keys !== undefined) note(refusals, caller, answer.keys);
    return undefined;
  }
  if (answer.state === 'found') {
    const { network, values } = answer;
    return { outsider, caller, network, values, unproven: false };
  }
  question.budget.unsettled += 1;
  return unsettledAs(outsider, caller);
}

/** An outsider of whom nobody can tell whether it gets in. */
export const unsettledAs = (outsider: Outsider, caller: Caller): Admission => ({
  outsider,
  caller,
  network: 'internet',
  values: new Map(),
  unproven: true,
});
