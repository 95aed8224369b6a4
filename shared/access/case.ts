import { parseArn } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import { acceptsUnsigned } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import type { CompiledZone } from './compiled-zone.ts';
import type { JudgedResource } from './decision.ts';
import { resourceKey } from './domain.ts';
import { madeCondition } from './goal.ts';
import type { Mentions } from './mentions.ts';
import type { Denying, Question } from './question.ts';
import { type ActionSet, actionsControlled, actionsCovered, actionsOf, type Form, splitBy } from './reach.ts';
import type { Budget } from './search.ts';

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

function resourceConditions(statement: Statement, trust: boolean): readonly Condition[] {
  const { resources, notResource, resourceVariables } = statement;
  if (resources === undefined || trust || (!notResource && resources.includes('*'))) return [];
  const more = { negated: notResource, variables: resourceVariables };
  return [madeCondition(resourceKey, 'StringLike', resources, more)];
}

/** The two keys of the time are one to the search: seconds since 1970. */
const timed = (condition: Condition): Condition =>
  condition.key === 'aws:currenttime' ? { ...condition, key: 'aws:epochtime' } : condition;

const allOf = (statement: Statement, trust: boolean): readonly Condition[] => [
  ...resourceConditions(statement, trust),
  ...statement.conditions.map(timed),
];

function setOf({ lower }: Form, holds: (action: string) => boolean): ActionSet {
  return lower.reduce((set, action, i) => (holds(action) ? set | (1n << BigInt(i)) : set), 0n);
}

/** The actions of a trust policy that let somebody in; the others only go with them. */
export function doorsOf(kind: string, form: Form): ActionSet {
  return kind === 'iam:role' ? setOf(form, (action) => action.startsWith('sts:assumerole')) : ~0n;
}

function reachingDenies(
  given: Case,
  form: Form,
): readonly { readonly deny: Statement; readonly set: ActionSet }[] {
  const controlled = given.controls.size === 0 ? 0n : actionsControlled(form);
  return given.denies
    .filter(({ unknownOperators }) => unknownOperators.length === 0)
    .map((deny) => {
      const set = actionsCovered(deny, form);
      return { deny, set: given.controls.has(deny) ? set & controlled : set };
    })
    .filter(({ set }) => set !== 0n);
}

/** What to ask of an Allow: once per form of the resource and set of actions that all Denies treat alike. */
export function questionsOf(given: Case, statement: Statement): readonly AskedFor[] {
  const { kind, arn, owner } = given.resource;
  const trust = kind === 'iam:role';
  const goals = allOf(statement, trust).map((condition) => ({ condition, wanted: true }));
  return given.forms.flatMap((form) => {
    const all = actionsCovered(statement, form) & doorsOf(kind, form);
    if (all === 0n) return [];
    const denies = reachingDenies(given, form);
    const apart = trust ? form.lower.map((_, i) => 1n << BigInt(i)) : [setOf(form, acceptsUnsigned)];
    return splitBy(all, [...apart, ...denies.map(({ set }) => set)]).map((set): AskedFor => {
      const reaching = denies
        .filter((one) => (one.set & set) !== 0n)
        .map(({ deny }): Denying => ({ statement: deny, conditions: allOf(deny, trust) }));
      const setting = {
        partition: parseArn(arn)?.partition ?? 'aws',
        owner,
        ownerOrganization: given.zone.organization,
        inside: given.zone.accounts,
        action: actionsOf(set, form)[0] ?? '',
        resource: form.resource,
        now: given.now,
      };
      const { mentions, zone, budget, servicesOnly, anyCaller } = given;
      const question = {
        statement,
        kind,
        goals,
        denies: reaching,
        setting,
        mentions,
        zone,
        budget,
        servicesOnly,
        anyCaller,
      };
      return { form, set, question };
    });
  });
}
