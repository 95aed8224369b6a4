import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { permissionFor } from './assume-role-keys.ts';
import type { Caller } from './caller.ts';
import { type Goal, madeCondition } from './goal.ts';
import { speaksOf } from './matching-principal.ts';
import type { Denying } from './question.ts';
import { asSearched } from './searched-condition.ts';

/** What the policies of a role say of an action that goes with assuming it. */
export interface Permission {
  readonly allows: readonly Statement[];
  readonly denies: readonly Denying[];
}

export type PermissionTo = (action: string) => Permission;

/** One of the ways in which a request can be made: what it must meet, and what must not stop it. */
export interface Way {
  readonly goals: readonly Goal[];
  readonly denies: readonly Denying[];
}

/** The way in which the Allow gives the caller the permission. */
function by(allow: Statement, denies: readonly Denying[], caller: Caller): Way | undefined {
  const spoken = speaksOf(allow, caller);
  if (spoken === false || allow.unknownOperators.length > 0) return undefined;
  const own = asSearched(allow.conditions);
  const conditions = spoken === true ? own : [spoken, ...own];
  return { goals: conditions.map((condition) => ({ condition, wanted: true })), denies };
}

const withoutKeys = (keys: readonly string[]): Way => ({
  goals: keys.map((key) => ({ condition: madeCondition(key, 'Null', ['true']), wanted: true })),
  denies: none,
});

const actions = ['sts:TagSession', 'sts:SetSourceIdentity'] as const;

/**
 * A call that passes tags or a source identity to the session needs a permission for that, for the same caller and
 * under the same circumstances: the ways to make the call without them, and by each Allow that may give it.
 */
export function waysToPass(
  permissionTo: PermissionTo,
  sessionKeys: ReadonlySet<string>,
  caller: Caller,
): readonly Way[] {
  let ways: readonly Way[] = [{ goals: none, denies: none }];
  for (const action of actions) {
    const keys = [...sessionKeys].filter((key) => permissionFor(key) === action);
    if (keys.length === 0) continue;
    const { allows, denies } = permissionTo(action);
    const own = [withoutKeys(keys), ...gather(allows, (allow) => by(allow, denies, caller))];
    ways = ways.flatMap((way) =>
      own.map((more) => ({ goals: [...way.goals, ...more.goals], denies: [...way.denies, ...more.denies] })),
    );
  }
  return ways;
}
