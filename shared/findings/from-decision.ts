import type { Grant, GrantCondition } from '../access/grant.ts';
import { type AccountId, parseArn } from '../iam/arn.ts';
import { type ActionClass, classOfActions } from './action-class.ts';
import type { AccessFinding, ResourceSubject } from './finding.ts';
import { accessId, normalConditions } from './identity.ts';
import { oneLine } from './one-line.ts';
import { beginsWithWord, outsiderName } from './outsider-name.ts';
import { type Circumstances, severityOf } from './severity.ts';

const verbs: Readonly<Record<ActionClass, string>> = {
  administer: 'administer',
  credentials: 'get credentials from',
  write: 'write to',
  read: 'read',
};

function verbOf({ actions }: Grant): string {
  const actionClass = classOfActions(actions);
  const assumes = actions.some((action) => action.toLowerCase().startsWith('sts:'));
  return actionClass === 'credentials' && assumes ? 'assume' : verbs[actionClass];
}

/** One line: `Account 222222222222 can assume iam:role role/deploy of account 111122223333`. */
function titleOf({ kind, arn, place }: ResourceSubject, grant: Grant, known: Circumstances): string {
  const { vendor, former, boundary, power } = known;
  const name = former ?? vendor;
  const label = name === undefined ? '' : ` (${oneLine(name, 60)})`;
  const who = `${oneLine(outsiderName(grant.outsider), 120)}${label}`;
  const what = oneLine(parseArn(arn)?.resource ?? arn, 120);
  const ruling = power === 'administrator' ? ', which administers it' : '';
  const crossing = boundary === undefined ? '' : `, across the boundary of ${oneLine(boundary, 60)}`;
  const sentence = `${who} can ${verbOf(grant)} ${kind} ${what} of account ${place.account}${ruling}${crossing}`;
  return beginsWithWord(grant.outsider) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}

const unique = <T>(values: readonly T[]): readonly T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

const sameness = (condition: GrantCondition) => normalConditions([condition]).join();

/** So many grants have their sentences told. */
const mostTold = 3;

/** The sentences of grants one after the other, each with its own conditions. */
function told(grants: readonly Grant[]): string {
  const sentences = unique(grants.map(({ because }) => because));
  const more = sentences.length - mostTold;
  const first = sentences.slice(0, mostTold).join('; besides, ');
  return more > 0 ? `${first}; and ${more} more ${more === 1 ? 'grant' : 'grants'} of the kind` : first;
}

/**
 * Grants of one identity as one: all that any of them allows, under the conditions that all of them share. The
 * witness is that of the least bound one, and its sentence comes first.
 */
function merge(grants: readonly [Grant, ...Grant[]]): Grant {
  const ordered = grants.toSorted((a, b) => a.conditions.length - b.conditions.length);
  const [widest] = ordered;
  const shared = (condition: GrantCondition) =>
    grants.every(({ conditions }) => conditions.some((other) => sameness(other) === sameness(condition)));
  return {
    ...(widest ?? grants[0]),
    actions: unique(grants.flatMap(({ actions }) => actions)),
    resources: unique(grants.flatMap(({ resources }) => resources)),
    conditions: grants[0].conditions.filter(shared),
    statements: unique(grants.flatMap(({ statements }) => statements)),
    because: told(ordered),
  };
}

/** What is known of a resource's grants besides what its policies say. */
export interface Knowledge extends Pick<Circumstances, 'boundary' | 'power'> {
  /** Names of accounts: labels, never permissions. */
  readonly vendors?: ReadonlyMap<AccountId, string>;
  /** What has become of accounts that were inside once. */
  readonly former?: ReadonlyMap<AccountId, string>;
}

function circumstancesOf(
  { outsider }: Grant,
  { vendors, former: departed, ...known }: Knowledge,
): Circumstances {
  if (outsider.type !== 'account') return known;
  const [vendor, former] = [vendors?.get(outsider.account), departed?.get(outsider.account)];
  return { ...known, ...(vendor !== undefined && { vendor }), ...(former !== undefined && { former }) };
}

/** The findings of a resource's grants to outsiders, each identity once. */
export function accessFindings(
  subject: ResourceSubject,
  grants: readonly Grant[],
  knowledge: Knowledge = {},
): readonly AccessFinding[] {
  const { kind, arn, place } = subject;
  const byId = new Map<string, [Grant, ...Grant[]]>();
  for (const { denies, ...grant } of grants) {
    const id = accessId(kind, arn, grant, knowledge.boundary);
    const same = byId.get(id);
    if (same === undefined) byId.set(id, [grant]);
    else same.push(grant);
  }
  return [...byId].map(([id, same]) => {
    const grant = same.length === 1 ? same[0] : merge(same);
    const known = circumstancesOf(grant, knowledge);
    const severity = severityOf(grant, known);
    const title = titleOf(subject, grant, known);
    return { type: 'access', id, severity, title, kind, arn, place, grant, ...known };
  });
}
