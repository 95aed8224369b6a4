import type { Statement } from '../iam/statement.ts';
import { admitted } from './admit.ts';
import { type Case, questionsOf } from './case.ts';
import type { CompiledZone } from './compiled-zone.ts';
import { mentionsOf } from './mentions.ts';

/** A zone in which nobody is inside. */
const nobodys: CompiledZone = {
  organization: undefined,
  accounts: new Set(),
  organizations: new Set(),
  paths: [],
  canonicalUsers: new Set(),
  tenants: [],
};

/** Whether some caller at all, inside or outside, could make a request that the statement is about. */
function canFire(given: Case, statement: Statement): boolean {
  const alone: Case = {
    ...given,
    zone: { ...nobodys, organization: given.zone.organization },
    denies: [],
    servicesOnly: false,
    anyCaller: true,
    mentions: mentionsOf([statement]),
    budget: { steps: 2_000 },
  };
  return questionsOf(alone, statement).some(({ question }) => admitted(question).length > 0);
}

/** Whether the statement names anybody who can exist. */
function namesSomebody({ principals, notPrincipal }: Statement): boolean {
  const { everyone, accounts, named, services, federated, canonicalUsers } = principals;
  return (
    notPrincipal ||
    everyone ||
    [accounts, named, services, federated, canonicalUsers].some((list) => list.length > 0)
  );
}

/** Why a statement can never fire, or undefined when it can. */
export function whyDead(given: Case, statement: Statement): string | undefined {
  if (!namesSomebody(statement) || statement.unknownOperators.length > 0 || canFire(given, statement))
    return undefined;
  const bare: Statement = { ...statement, conditions: [] };
  if (statement.conditions.length > 0 && canFire(given, bare)) {
    const culprit = statement.conditions.find(
      (condition) => !canFire(given, { ...statement, conditions: [condition] }),
    );
    if (culprit === undefined) return 'its conditions contradict one another';
    const { writtenOperator, writtenKey, values } = culprit;
    return `no request of these callers meets ${writtenOperator} ${writtenKey} ${values.join(' or ').slice(0, 120)}`;
  }
  const { resources: _, ...anywhere } = bare;
  const elsewhere = { ...anywhere, resources: undefined, notResource: false };
  if (canFire(given, elsewhere)) return 'its actions are never called on the resources that it names';
  return given.resource.kind === 'iam:role'
    ? 'its principals cannot make the calls that it names'
    : 'none of its actions is called on a resource of this kind';
}
