import type { Statement } from '../iam/statement.ts';
import { shownActions } from './action-list.ts';
import { both, isEmpty, overlap } from './action-set.ts';
import type { Case } from './case.ts';
import { actionsCovered } from './reach.ts';

/** The actions by which the Allows of a policy let somebody in. */
export function doorsOf({ forms }: Case, statements: readonly Statement[]): readonly string[] {
  const doors = new Set<string>();
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    for (const { list } of forms)
      for (const door of shownActions(both(actionsCovered(statement, list), list.doors), list))
        doors.add(door);
  }
  return [...doors];
}

/**
 * The statement with the actions that other Allows of the role let in by, where it gives tags or a source identity
 * alone: these are set in the call that assumes the role, and need a permission beside it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function withDoors({ forms }: Case, statement: Statement, doors: readonly string[]): Statement {
  const { notAction, actions } = statement;
  const isOfSession = forms.some(({ list }) => {
    const covered = actionsCovered(statement, list);
    return !isEmpty(covered) && !overlap(covered, list.doors);
  });
  return notAction || !isOfSession ? statement : { ...statement, actions: [...actions, ...doors] };
}
