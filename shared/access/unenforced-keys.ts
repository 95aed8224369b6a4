import type { Condition } from '../iam/condition.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { actionsMatching } from './action-list.ts';
import { overlap } from './action-set.ts';
import type { Form } from './form.ts';
import { actionsCovered } from './reach.ts';

/**
 * The keys that EFS enforces for its clients. That it enforces no other is all that AWS says: whether a condition on
 * one is passed over or never holds, nobody knows.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#efs-condition-keys-for-nfs
 */
const enforced: ReadonlySet<string> = new Set([
  'aws:securetransport',
  'aws:sourceip',
  'elasticfilesystem:accesspointarn',
  'elasticfilesystem:accessedviamounttarget',
]);

const isUnenforced = ({ key, facts }: Condition): boolean => !facts.unknown && !enforced.has(key);

const isOfFileSystems = (kind: string) => kind.startsWith('elasticfilesystem:') || kind.startsWith('efs:');

/** The conditions of a statement about clients of a file system on which EFS does not insist. */
export function unenforcedConditions(
  statement: Statement,
  kind: string,
  forms: readonly Form[],
): readonly Condition[] {
  if (!isOfFileSystems(kind) || !statement.conditions.some(isUnenforced)) return none;
  const isOfClients = forms.some(({ list }) =>
    overlap(actionsCovered(statement, list), actionsMatching('elasticfilesystem:Client*', list)),
  );
  return isOfClients ? statement.conditions.filter(isUnenforced) : none;
}
