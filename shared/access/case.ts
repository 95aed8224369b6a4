import { parseArn } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import type { Statement } from '../iam/statement.ts';
import { type ActionList, type ActionSet, actionsMatching, firstAction } from './action-list.ts';
import type { Budget } from './budget.ts';
import type { CompiledZone } from './compiled-zone.ts';
import type { JudgedResource } from './decision.ts';
import { resourceKey } from './domain.ts';
import { madeCondition, timeKey } from './goal.ts';
import type { Mentions } from './mentions.ts';
import type { Denying, Question } from './question.ts';
import { actionsCovered, type Form, meetingOf, splitBy } from './reach.ts';

/** One resource with everything that decides about it, read and sorted. */
export interface Case {
  readonly resource: JudgedResource;
  readonly zone: CompiledZone;
  readonly denies: readonly Statement[];
  /** Denies of resource control policies: they reach the services that these policies cover. */
  readonly controls: ReadonlySet<Statement>;
  readonly forms: readonly Form[];
  readonly mentions: Mentions;
  /** S3 cuts a public policy down to services and the owner's account. */
  readonly servicesOnly: boolean;
  /** Whether callers inside count too: to learn whether a statement can ever fire. */
  readonly anyCaller: boolean;
  readonly budget: Budget;
  readonly now: number;
}

/** A question and the actions that it is asked for. */
export interface AskedFor {
  readonly form: Form;
  readonly set: ActionSet;
  readonly question: Question;
}

/** What Resource or NotResource asks on a form: nothing, something that cannot be, or a condition. */
function resourceConditions(
  statement: Statement,
  form: Form,
  trust: boolean,
): readonly Condition[] | 'never' {
  const { resources, notResource, resourceVariables } = statement;
  if (resources === undefined || trust) return [];
  if (!resourceVariables) {
    const meetings = resources.map((pattern) => meetingOf(pattern, form));
    if (meetings.includes('all')) return notResource ? 'never' : [];
    if (meetings.every((one) => one === 'none')) return notResource ? [] : 'never';
  }
  const more = { negated: notResource, variables: resourceVariables };
  return [madeCondition(resourceKey, 'StringLike', resources, more)];
}

/** The two keys of the time are one to the search: seconds since 1970. */
const timed = (condition: Condition): Condition =>
  condition.key === 'aws:currenttime' ? { ...condition, key: timeKey } : condition;

interface Reaching {
  readonly set: ActionSet;
  readonly denying: Denying;
}

function reachingDenies(given: Case, form: Form, trust: boolean): readonly Reaching[] {
  const reaching: Reaching[] = [];
  for (const deny of given.denies) {
    if (deny.unknownOperators.length > 0) continue;
    const covered = actionsCovered(deny, form.list);
    const set = given.controls.has(deny) ? covered & form.list.controlled : covered;
    const resource = set === 0n ? 'never' : resourceConditions(deny, form, trust);
    if (resource === 'never') continue;
    const conditions = [...resource, ...deny.conditions.map(timed)];
    reaching.push({ set, denying: { statement: deny, conditions } });
  }
  return reaching;
}

/** The sets of a trust policy's ways in, each of which has its own sort of caller. */
function waysIn({ doors, lower }: ActionList): readonly ActionSet[] {
  return lower.map((_, i) => 1n << BigInt(i)).filter((one) => (one & doors) !== 0n);
}

/** The actions that take unsigned calls; an unsigned call to a function URL invokes the function as well. */
function unsignedOf(list: ActionList, { conditions }: Statement): readonly ActionSet[] {
  const second = conditions.some(({ key }) => key === 'lambda:invokedviafunctionurl');
  return second ? [list.unsigned, actionsMatching('lambda:InvokeFunction', list)] : [list.unsigned];
}

/** What to ask of an Allow: once per form of the resource and set of actions that all Denies treat alike. */
export function questionsOf(given: Case, statement: Statement): readonly AskedFor[] {
  const { kind, arn, owner } = given.resource;
  const trust = kind === 'iam:role';
  const asked: AskedFor[] = [];
  for (const form of given.forms) {
    const { list } = form;
    const all = actionsCovered(statement, list) & list.doors;
    const resource = all === 0n ? 'never' : resourceConditions(statement, form, trust);
    if (resource === 'never') continue;
    const conditions = [...statement.conditions.map(timed), ...resource];
    const goals = conditions.map((condition) => ({ condition, wanted: true }));
    const denies = reachingDenies(given, form, trust);
    const apart = [...(trust ? waysIn(list) : unsignedOf(list, statement)), ...denies.map(({ set }) => set)];
    for (const set of splitBy(all, apart)) {
      const setting = {
        partition: arn.startsWith('arn:aws:') ? 'aws' : (parseArn(arn)?.partition ?? 'aws'),
        owner,
        ownerOrganization: given.zone.organization,
        inside: given.zone.accounts,
        action: firstAction(set, list),
        resource: form.resource,
        now: given.now,
      };
      const { mentions, zone, budget, servicesOnly, anyCaller } = given;
      const question: Question = {
        statement,
        kind,
        goals,
        denies: denies.filter((one) => (one.set & set) !== 0n).map(({ denying }) => denying),
        setting,
        mentions,
        zone,
        budget,
        servicesOnly,
        anyCaller,
      };
      asked.push({ form, set, question });
    }
  }
  return asked;
}
