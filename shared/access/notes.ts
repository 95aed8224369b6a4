import { keyFacts } from '../iam/context-key.ts';
import { hasWildcard } from '../iam/glob.ts';
import { issuerOf } from '../iam/issuer.ts';
import type { Statement } from '../iam/statement.ts';
import type { Case } from './case.ts';
import { mayBeDead, whyDead } from './dead-statement.ts';
import type { Grant, Note, NoteType } from './grant.ts';
import { referenceTo } from './grants.ts';
import type { Form } from './reach.ts';

/** Whether there may be something to note about a statement, be there grants or not. */
export function isRemarkable(statement: Statement, kind: string, forms: readonly Form[]): boolean {
  return isOddlyWritten(statement) || mayBeDead(statement, kind, forms);
}

function isOddlyWritten({ principals, unknownOperators, conditions }: Statement): boolean {
  if (principals.uniqueIds.length + principals.illegal.length + unknownOperators.length > 0) return true;
  for (const { key } of conditions) if (keyFacts(key).unknown) return true;
  return false;
}

function illegalBecause(text: string): string {
  const why = hasWildcard(text)
    ? 'a principal takes no wildcard in part of it'
    : 'it is no account, ARN or id that AWS knows';
  return `\`${text.slice(0, 120)}\` names nobody; ${why}`;
}

/** What a statement says that AWS would not understand, or that names nobody any more. */
function ofWriting(statement: Statement): readonly Note[] {
  const at = referenceTo(statement);
  const note = (type: NoteType, because: string): Note => ({ type, statement: at, because });
  const { principals, unknownOperators, conditions } = statement;
  return [
    ...principals.uniqueIds.map((id) =>
      note(
        'stale-principal',
        `${id.slice(0, 40)} is the id of a role or user that was deleted; nobody can use it`,
      ),
    ),
    ...principals.illegal.map((text) => note('illegal-principal', illegalBecause(text))),
    ...unknownOperators.map((name) =>
      note(
        'unknown-operator',
        `AWS has no condition operator \`${name.slice(0, 60)}\`; it is read as bounding nobody`,
      ),
    ),
    ...conditions
      .filter(({ key }) => keyFacts(key).unknown)
      .map(({ writtenKey }) =>
        note(
          'unknown-key',
          `AWS has no condition key \`${writtenKey.slice(0, 80)}\`; it is read as bounding nobody`,
        ),
      ),
  ];
}

function ofTenant({ outsider, statements }: Grant): readonly Note[] {
  if (outsider.type !== 'federated' || outsider.provider === '*') return [];
  const { shared, name, tenantKey, pinned } = issuerOf(outsider.provider);
  if (!shared || (outsider.subject !== 'any' && pinned.test(outsider.subject))) return [];
  const claim = tenantKey.slice(tenantKey.lastIndexOf(':') + 1);
  return statements.map((statement) => ({
    type: 'unguarded-tenant',
    statement,
    because: `every customer of ${name} gets tokens from this issuer, and \`${claim}\` does not pin one of them`,
  }));
}

function ofExternalId({ outsider, statements, conditions, actions }: Grant): readonly Note[] {
  const asked = conditions.some(({ key }) => key.toLowerCase() === 'sts:externalid');
  if (outsider.type !== 'account' || outsider.principal !== undefined || asked) return [];
  if (!actions.some((action) => /^(sts:|\*)/i.test(action))) return [];
  return statements.map((statement) => ({
    type: 'missing-external-id',
    statement,
    because: `account ${outsider.account} may be a vendor serving others too; no ExternalId tells its customers apart`,
  }));
}

function ofSource({ outsider, statements, conditions }: Grant): readonly Note[] {
  const arn = conditions.find(
    ({ key, bounds }) => keyFacts(key.toLowerCase()).name === 'aws:SourceArn' && bounds === 'none',
  );
  const [value] = arn?.values ?? [];
  if (outsider.type !== 'service' || value === undefined || value.split(':')[4] !== '') return [];
  return statements.map((statement) => ({
    type: 'reclaimable-source',
    statement,
    because: `\`${value.slice(0, 120)}\` names no account; whoever takes the name after it is given up becomes the source`,
  }));
}

/** What is worth knowing about the statements beside the grants, in the order of the statements. */
export function notesOf(
  given: Case,
  statements: readonly Statement[],
  grants: readonly Grant[],
): readonly Note[] {
  const granting = new Set(
    grants.flatMap((grant) => grant.statements.map(({ policy, index }) => `${index} ${policy}`)),
  );
  const dead = (statement: Statement): readonly Note[] => {
    if (granting.has(`${statement.index} ${statement.policy}`)) return [];
    const why = whyDead(given, statement);
    return why === undefined
      ? []
      : [
          {
            type: 'dead-statement',
            statement: referenceTo(statement),
            because: `it lets nobody in, for ${why}`,
          },
        ];
  };
  return [
    ...statements.flatMap((statement) => [
      ...(isOddlyWritten(statement) ? ofWriting(statement) : []),
      ...dead(statement),
    ]),
    ...grants.flatMap((grant) => [
      ...ofTenant(grant),
      ...(given.resource.kind === 'iam:role' ? ofExternalId(grant) : []),
      ...ofSource(grant),
    ]),
  ];
}
