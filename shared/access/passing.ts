import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { permissionFor } from './assume-role-keys.ts';
import type { Caller } from './caller.ts';
import type { Goal } from './goal.ts';
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
  /** Permissions of which no use is made: what they are for is not passed. */
  readonly withheld: readonly string[];
  readonly goals: readonly Goal[];
  readonly denies: readonly Denying[];
}

/** The way in which the Allow gives the caller the permission. */
function by(allow: Statement, denies: readonly Denying[], caller: Caller): Way | undefined {
  const spoken = speaksOf(allow, caller);
  if (spoken === false || allow.unknownOperators.length > 0) return undefined;
  const own = asSearched(allow.conditions);
  const conditions = spoken === true ? own : [spoken, ...own];
  return { withheld: none, goals: conditions.map((condition) => ({ condition, wanted: true })), denies };
}

const together = (one: Way, other: Way): Way => ({
  withheld: [...one.withheld, ...other.withheld],
  goals: [...one.goals, ...other.goals],
  denies: [...one.denies, ...other.denies],
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
  let ways: readonly Way[] = [{ withheld: none, goals: none, denies: none }];
  for (const action of actions) {
    if (![...sessionKeys].some((key) => permissionFor(key) === action)) continue;
    const { allows, denies } = permissionTo(action);
    const without: Way = { withheld: [action], goals: none, denies: none };
    const own = [without, ...gather(allows, (allow) => by(allow, denies, caller))];
    ways = ways.flatMap((way) => own.map((more) => together(way, more)));
  }
  return ways;
}
