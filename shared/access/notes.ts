import type { Statement } from '../iam/statement.ts';
import type { JudgedResource } from './decision.ts';
import type { Grant, Note } from './grant.ts';

const place = ({ policy, index, sid }: Statement) => ({
  policy,
  index,
  ...(sid === undefined ? {} : { sid }),
});

/** What is worth knowing about statements beside the grants. */
export function notesOf(
  statements: readonly Statement[],
  _grants: readonly Grant[],
  _resource: JudgedResource,
  _now: number,
): readonly Note[] {
  return statements.flatMap((statement): readonly Note[] => {
    const at = place(statement);
    return [
      ...statement.principals.uniqueIds.map(
        (id): Note => ({
          type: 'stale-principal',
          statement: at,
          because: `${id} is the id of a role or user that was deleted; nobody can use it`,
        }),
      ),
      ...statement.principals.illegal.map(
        (text): Note => ({
          type: 'illegal-principal',
          statement: at,
          because: `\`${text.slice(0, 120)}\` names nobody: AWS takes no wildcard in part of a principal`,
        }),
      ),
      ...statement.unknownOperators.map(
        (name): Note => ({
          type: 'unknown-operator',
          statement: at,
          because: `AWS has no condition operator \`${name.slice(0, 60)}\`; it is read as bounding nobody`,
        }),
      ),
    ];
  });
}
