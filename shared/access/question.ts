import type { Condition } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import type { Statement } from '../iam/statement.ts';
import { type Budget, spend } from './budget.ts';
import type { Caller, Network } from './caller.ts';
import type { CompiledZone } from './compiled-zone.ts';
import type { Setting } from './domain.ts';
import { type Goal, meets } from './goal.ts';
import type { Outsider } from './grant.ts';
import { domainOf } from './key-domain.ts';
import { speaksOf } from './matching-principal.ts';
import type { Mentions } from './mentions.ts';
import { beyondAccessPoints, outsideGoals, userNameGoals } from './outside-goals.ts';
import { search } from './search.ts';

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
}

/** A caller who gets in, by a request that the search found; `unproven` when the search had to stop. */
export interface Admission {
  readonly outsider: Outsider;
  readonly caller: Caller;
  readonly network: Network;
  readonly values: ReadonlyMap<string, string | readonly string[] | undefined>;
  readonly unproven: boolean;
}

function denialsFor(question: Question, caller: Caller): readonly (readonly Condition[])[] {
  return question.denies.flatMap(({ statement, conditions }) => {
    const spoken = speaksOf(statement, caller);
    if (spoken === false) return [];
    return [spoken === true ? conditions : [spoken, ...conditions]];
  });
}

const internet: readonly Network[] = ['internet'];
const both: readonly Network[] = ['internet', 'endpoint'];

const nothing: Admission['values'] = new Map();

/** What the search found, and over which network. */
type Reply =
  | { readonly state: 'found'; readonly network: Network; readonly values: Admission['values'] }
  | { readonly state: 'none' | 'unknown' };

/** The setting with its caller; spelt out, because it is made very often. */
export function settingFor(base: Question['setting'], caller: Caller, network: Network): Setting {
  const { partition, owner, ownerOrganization, inside, action, resource, now } = base;
  return { caller, network, partition, owner, ownerOrganization, inside, action, resource, now };
}

/** Whether one of the statement's own conditions is on a key that is settled for such a caller, and fails. */
function isRefused(goals: readonly Goal[], setting: Setting): boolean {
  for (const goal of goals) {
    const { key, variables } = goal.condition;
    if (variables || !keyFacts(key).settled) continue;
    const domain = domainOf(key, setting);
    if (domain.state === 'fixed' && !meets(goal, domain.value, noKeys)) return true;
  }
  return false;
}

const noKeys = () => undefined;

function allGoals(
  question: Question,
  caller: Caller,
  spoken: true | Condition,
  more: readonly Goal[],
): readonly Goal[] {
  const goals = [...question.goals, ...outsideGoals(caller, question.zone), ...beyondAccessPoints(question)];
  if (spoken !== true) goals.push({ condition: spoken, wanted: true });
  return [...goals, ...userNameGoals(caller, question), ...more];
}

/** Looks for a request of the caller that the statement allows and no Deny stops. */
function ask(question: Question, caller: Caller, more: readonly Goal[] = []): Reply {
  const { principals, notPrincipal } = question.statement;
  const spoken = principals.everyone || notPrincipal ? speaksOf(question.statement, caller) : true;
  if (spoken === false) return { state: 'none' };
  const setting = settingFor(question.setting, caller, 'internet');
  if (isRefused(question.goals, setting)) return { state: 'none' };
  if (!spend(question.budget, 2 + 8 * question.denies.length)) return { state: 'unknown' };
  const denials = denialsFor(question, caller);
  if (denials.some((denial) => denial.length === 0)) return { state: 'none' };
  const goals = allGoals(question, caller, spoken, more);
  if (goals.length === 0 && denials.length === 0)
    return { state: 'found', network: 'internet', values: nothing };
  return searchNetworks(question, caller, goals, denials);
}

function searchNetworks(
  question: Question,
  caller: Caller,
  goals: readonly Goal[],
  denials: readonly (readonly Condition[])[],
): Reply {
  let state: 'none' | 'unknown' = 'none';
  for (const network of question.mentions.network ? both : internet) {
    const answer = search(settingFor(question.setting, caller, network), goals, denials, question.budget);
    if (answer.state === 'found') return { ...answer, network };
    if (answer.state === 'unknown') state = 'unknown';
  }
  return { state };
}

/** The caller let in, or nobody. A search that had to stop lets in: what we cannot settle widens. */
export function admit(
  question: Question,
  caller: Caller,
  outsider: Outsider,
  more: readonly Goal[] = [],
): Admission | undefined {
  const answer = ask(question, caller, more);
  if (answer.state === 'none') return undefined;
  if (answer.state === 'found') {
    const { network, values } = answer;
    return { outsider, caller, network, values, unproven: false };
  }
  return { outsider, caller, network: 'internet', values: new Map(), unproven: true };
}
