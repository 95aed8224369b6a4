import type { Condition } from '../iam/condition.ts';
import type { Statement } from '../iam/statement.ts';
import type { Caller } from './caller.ts';
import type { CompiledZone } from './compiled-zone.ts';
import { type Goal, madeCondition } from './goal.ts';
import type { Outsider } from './grant.ts';
import type { Setting } from './key-domain.ts';
import { speaksOf } from './matching-principal.ts';
import type { Mentions } from './mentions.ts';
import type { Answer, Budget } from './search.ts';
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
  readonly setting: Omit<Setting, 'caller'>;
  readonly mentions: Mentions;
  readonly zone: CompiledZone;
  readonly budget: Budget;
  /** S3 cuts a public policy down to services and the owner's account. */
  readonly servicesOnly: boolean;
}

/** A caller who gets in, by a request that the search found; `unproven` when the search had to stop. */
export interface Admission {
  readonly outsider: Outsider;
  readonly caller: Caller;
  readonly values: ReadonlyMap<string, string | readonly string[] | undefined>;
  readonly unproven: boolean;
}

/** What keeps a caller outside who is settled only in part: no path inside, no trusted tenant's token. */
function outsideGoals(caller: Caller, zone: CompiledZone): readonly Goal[] {
  if (caller.sort === 'federated') {
    const provider = caller.provider.toLowerCase();
    return zone.tenants
      .filter((tenant) => tenant.key !== undefined && provider === tenant.provider)
      .map(({ key = '', value }) => ({
        condition: madeCondition(key, 'StringLike', [value]),
        wanted: false,
      }));
  }
  if (
    (caller.sort === 'aws' || caller.sort === 'service') &&
    zone.paths.length > 0 &&
    caller.membership !== undefined
  ) {
    const key = caller.sort === 'aws' ? 'aws:principalorgpaths' : 'aws:sourceorgpaths';
    return [{ condition: madeCondition(key, 'StringLike', zone.paths), wanted: false }];
  }
  return [];
}

function denialsFor(question: Question, caller: Caller): readonly (readonly Condition[])[] {
  return question.denies.flatMap(({ statement, conditions }) => {
    const spoken = speaksOf(statement, caller);
    if (spoken === false) return [];
    return [spoken === true ? conditions : [spoken, ...conditions]];
  });
}

/** Looks for a request of the caller that the statement allows and no Deny stops. */
export function ask(question: Question, caller: Caller, more: readonly Goal[] = []): Answer {
  const spoken = speaksOf(question.statement, caller);
  if (spoken === false) return { state: 'none' };
  const denials = denialsFor(question, caller);
  if (denials.some((denial) => denial.length === 0)) return { state: 'none' };
  const goals = [
    ...question.goals,
    ...(spoken === true ? [] : [{ condition: spoken, wanted: true }]),
    ...outsideGoals(caller, question.zone),
    ...more,
  ];
  return search({ ...question.setting, caller }, goals, denials, question.budget);
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
  if (answer.state === 'found') return { outsider, caller, values: answer.values, unproven: false };
  return { outsider, caller, values: new Map(), unproven: true };
}
