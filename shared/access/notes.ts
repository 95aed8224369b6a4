import { arnSegments } from '../iam/arn-pattern.ts';
import { isOfUrl, keyFacts } from '../iam/context-key.ts';
import { cut } from '../iam/cut.ts';
import { globMatches, hasWildcard } from '../iam/glob.ts';
import { issuerOf } from '../iam/issuer.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { overlap } from './action-set.ts';
import { budgetOf } from './budget.ts';
import type { Case } from './case.ts';
import { mayBeDead, whyDead } from './dead-statement.ts';
import { asksForExternalId, speaksOfExternalId } from './external-id.ts';
import type { Form } from './form.ts';
import type { Grant, Note, NoteType, Outsider, StatementReference } from './grant.ts';
import { referenceTo } from './grants.ts';
import { actionsCovered } from './reach.ts';
import { doorsOf, withDoors } from './session-actions.ts';
import { isOfOneTenant } from './tenant.ts';
import { unenforcedConditions } from './unenforced-keys.ts';

/** Whether there may be something to note about a statement, be there grants or not. */
export function isRemarkable(statement: Statement, kind: string, forms: readonly Form[]): boolean {
  return isOddlyWritten(statement, kind, forms) || mayBeDead(statement, kind, forms);
}

function isOddlyWritten(statement: Statement, kind: string, forms: readonly Form[]): boolean {
  const { principals, unknownOperators, conditions } = statement;
  if (principals.uniqueIds.length + principals.illegal.length + unknownOperators.length > 0) return true;
  return (
    conditions.some(({ facts }) => facts.unknown) || unenforcedConditions(statement, kind, forms).length > 0
  );
}

function illegalBecause(text: string): string {
  const why = hasWildcard(text)
    ? 'a principal of its type takes no wildcard'
    : 'it is no account, service, provider, ARN or id that the resource knows in its partition';
  return `\`${cut(text, 120)}\` names nobody; ${why}`;
}

const howRead = (key: string) =>
  isOfUrl(key)
    ? 'a claim of an issuer is called after it without `https://`, and no request has this one'
    : 'it is read as bounding nobody';

/** What a statement says that AWS would not understand, or that names nobody any more. */
function ofWriting({ resource, forms }: Case, statement: Statement): readonly Note[] {
  const at = referenceTo(statement);
  const note = (type: NoteType, because: string): Note => ({ type, statement: at, because });
  const { principals, unknownOperators, conditions } = statement;
  return [
    ...principals.uniqueIds.map((id) =>
      note(
        'stale-principal',
        `${cut(id, 40)} is the id of a role or user that was deleted; nobody can use it`,
      ),
    ),
    ...principals.illegal.map((text) => note('illegal-principal', illegalBecause(text))),
    ...unknownOperators.map((name) =>
      note(
        'unknown-operator',
        `AWS has no condition operator \`${cut(name, 60)}\`; it is read as bounding nobody`,
      ),
    ),
    ...conditions
      .filter(({ facts }) => facts.unknown)
      .map(({ key, writtenKey }) =>
        note('unknown-key', `AWS has no condition key \`${cut(writtenKey, 80)}\`; ${howRead(key)}`),
      ),
    ...unenforcedConditions(statement, resource.kind, forms).map(({ writtenKey }) =>
      note(
        'unknown-key',
        `EFS does not enforce \`${cut(writtenKey, 80)}\` for the clients of a file system; do not count on it`,
      ),
    ),
  ];
}

type Of<Type> = Extract<Outsider, { type: Type }>;

function ofTenant(grant: Grant, outsider: Of<'federated'>): readonly Note[] {
  if (outsider.provider === '*') return none;
  const { shared, name, tenantKey } = issuerOf(outsider.provider);
  if (!shared || isOfOneTenant(grant, outsider)) return none;
  const claim = tenantKey.slice(tenantKey.lastIndexOf(':') + 1);
  return grant.statements.map((statement) => ({
    type: 'unguarded-tenant',
    statement,
    because: `every customer of ${cut(name, 120)} gets tokens from this issuer, and \`${claim}\` does not pin one of them`,
  }));
}

/**
 * A vendor that acts for all of its customers may do so by one role as well as by any principal of its account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function ofExternalId(
  given: Case,
  statements: readonly Statement[],
  grant: Grant,
  outsider: Of<'account'>,
): readonly Note[] {
  const isAsked = ({ index, policy }: StatementReference) =>
    statements.some(
      (one) => one.index === index && one.policy === policy && asksForExternalId(given, one, outsider),
    );
  const bare = speaksOfExternalId(given) ? grant.statements.filter((one) => !isAsked(one)) : grant.statements;
  return bare.map((statement) => ({
    type: 'missing-external-id',
    statement,
    because: `account ${outsider.account} may be a vendor serving others too; no ExternalId tells its customers apart`,
  }));
}

/**
 * Whether an ARN names a bucket, without its account. A bucket's name is chosen by whoever makes it; what else has ARNs
 * without an account (a hosted zone, a REST API) has ids that AWS assigns, once.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
function isReclaimable(arn: string): boolean {
  const [, , service = '', , account, name = ''] = arnSegments(arn) ?? [];
  if (!globMatches(service, 's3') || !/[^*?]/.test(name)) return false;
  return account === '' || (account === '*' && !/[/:]/.test(name));
}

function ofSource({ statements, conditions }: Grant, { source }: Of<'service'>): readonly Note[] {
  if (source !== 'any') return none;
  const arn = conditions.find(
    ({ key, bounds }) => keyFacts(key.toLowerCase()).name === 'aws:SourceArn' && bounds === 'none',
  );
  const value = arn?.values.find(isReclaimable);
  if (value === undefined) return none;
  return statements.map((statement) => ({
    type: 'reclaimable-source',
    statement,
    because: `\`${cut(value, 120)}\` names no account; whoever takes the name after it is given up becomes the source`,
  }));
}

/** Whether one of the grants comes from the statement. */
function isGranting({ policy, index }: Statement, grants: readonly Grant[]): boolean {
  for (let i = 0; i < grants.length; i += 1) {
    const { statements } = grants[i] as Grant;
    for (let j = 0; j < statements.length; j += 1) {
      const one = statements[j] as StatementReference;
      if (one.index === index && one.policy === policy) return true;
    }
  }
  return false;
}

const ofWidening = (statement: Statement): Note => ({
  type: 'widest-reading',
  statement: referenceTo(statement),
  because: 'it is too tangled to settle in bounded work; some that it may let in are taken to be let in',
});

function ofDeath(given: Case, statement: Statement): readonly Note[] {
  const why = whyDead(given, statement);
  if (why === undefined) return none;
  return [
    {
      type: 'dead-statement',
      statement: referenceTo(statement),
      because: `it lets nobody in, for ${why}`,
    },
  ];
}

/** Half of what the grants have, so that a search that ran out for them leaves the notes what they need. */
const maxWork = 50_000;

function ofStatements(given: Case, statements: readonly Statement[], grants: readonly Grant[]): Note[] {
  const notes: Note[] = [];
  let again: Case | undefined;
  let doors: readonly string[] | undefined;
  for (let i = 0; i < statements.length; i += 1) {
    const statement = statements[i] as Statement;
    if (isOddlyWritten(statement, given.resource.kind, given.forms))
      notes.push(...ofWriting(given, statement));
    if (given.widened.includes(statement)) notes.push(ofWidening(statement));
    if (statement.effect !== 'Allow' || isGranting(statement, grants)) continue;
    if (!mayBeDead(statement, given.resource.kind, given.forms)) continue;
    again ??= { ...given, budget: budgetOf(maxWork) };
    doors ??= doorsOf(given, statements);
    notes.push(...ofDeath(again, withDoors(given, statement, doors)));
  }
  return notes;
}

function ofGrant(given: Case, statements: readonly Statement[], grant: Grant): readonly Note[] {
  const { outsider } = grant;
  if (outsider.type === 'federated') return ofTenant(grant, outsider);
  if (outsider.type === 'service') return ofSource(grant, outsider);
  if (outsider.type !== 'account' || given.resource.kind !== 'iam:role') return none;
  return ofExternalId(given, statements, grant, outsider);
}

/** Whether a Deny of a control policy is about the resource at all. */
const isControlOf = ({ forms }: Case, statement: Statement): boolean =>
  statement.control &&
  statement.effect === 'Deny' &&
  forms.some(({ list }) => overlap(actionsCovered(statement, list), list.controlled));

/** What is not understood of a control policy takes nothing away: worth knowing where somebody gets in. */
function ofControls(given: Case, above: readonly Statement[], grants: readonly Grant[]): readonly Note[] {
  if (grants.length === 0) return none;
  const { resource, forms } = given;
  return above
    .filter((one) => isOddlyWritten(one, resource.kind, forms) && isControlOf(given, one))
    .flatMap((one) => ofWriting(given, one));
}

/** What several callers, values or keys of a statement give cause to note is noted once. */
function eachOnce(notes: readonly Note[]): readonly Note[] {
  if (notes.length < 2) return notes;
  const once = new Map<string, Note>();
  for (const note of notes) {
    const { type, statement, because } = note;
    const key = `${type} ${statement.index} ${statement.policy} ${because}`;
    if (!once.has(key)) once.set(key, note);
  }
  return [...once.values()];
}

/**
 * What is worth knowing about the statements beside the grants, in the order of the statements.
 * @param above statements that can only deny, those of resource control policies among them
 */
export function notesOf(
  given: Case,
  statements: readonly Statement[],
  above: readonly Statement[],
  grants: readonly Grant[],
): readonly Note[] {
  const notes = ofStatements(given, statements, grants);
  if (above.length > 0) notes.push(...ofControls(given, above, grants));
  for (let i = 0; i < grants.length; i += 1) notes.push(...ofGrant(given, statements, grants[i] as Grant));
  return eachOnce(notes);
}
