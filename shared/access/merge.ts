import type { Grant, Outsider } from './grant.ts';

const width: Readonly<Record<Outsider['type'], number>> = {
  anyone: 0,
  'any-account': 1,
  organization: 2,
  'account-pattern': 3,
  account: 4,
  federated: 5,
  service: 6,
  'canonical-user': 7,
};

/** An outsider as one text. */
export function outsiderKey(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
      return outsider.type;
    case 'account':
      return `account ${outsider.account} ${outsider.principal ?? ''}`;
    case 'account-pattern':
      return `account-pattern ${outsider.pattern}`;
    case 'organization':
      return `organization ${outsider.organization}`;
    case 'service':
      return `service ${outsider.service} ${outsider.source}`;
    case 'federated':
      return `federated ${outsider.provider} ${outsider.subject}`;
    case 'canonical-user':
      return `canonical-user ${outsider.id}`;
    default:
      return outsider satisfies never;
  }
}

const union = <T>(first: readonly T[], second: readonly T[]): readonly T[] => [
  ...new Set([...first, ...second]),
];

/** Actions are told apart without letter case. */
function unionOfActions(first: readonly string[], second: readonly string[]): readonly string[] {
  const known = new Set(first.map((action) => action.toLowerCase()));
  return [...first, ...second.filter((action) => !known.has(action.toLowerCase()))];
}

const conditionsKey = ({ conditions }: Grant) => (conditions.length === 0 ? '' : JSON.stringify(conditions));

/** Grants to the same outsider under the same conditions are one. */
function mergeEqual(grants: readonly Grant[]): readonly Grant[] {
  const merged = new Map<string, Grant>();
  for (const grant of grants) {
    const key = outsiderKey(grant.outsider) + conditionsKey(grant);
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, grant);
      continue;
    }
    merged.set(key, {
      ...known,
      actions: unionOfActions(known.actions, grant.actions),
      resources: union(known.resources, grant.resources),
      statements: [...known.statements, ...grant.statements],
    });
  }
  return [...merged.values()];
}

/** Whether the outsider can include others. */
function isBroad(outsider: Outsider): boolean {
  if (outsider.type === 'account') return outsider.principal === undefined;
  if (outsider.type === 'service') return outsider.service === '*' || outsider.source === 'any';
  if (outsider.type === 'federated') return outsider.subject === 'any';
  return outsider.type === 'organization' ? outsider.organization === '*' : width[outsider.type] < 2;
}

/** Whether whoever the second names is among those that the first names. */
function includes(wide: Outsider, narrow: Outsider): boolean {
  if (wide.type === 'anyone') return true;
  if (wide.type === 'any-account') return narrow.type !== 'anyone';
  if (wide.type === 'account') {
    return narrow.type === 'account' && wide.principal === undefined && wide.account === narrow.account;
  }
  if (wide.type === 'organization') return narrow.type === 'organization' && wide.organization === '*';
  if (wide.type === 'federated') {
    return (
      narrow.type === 'federated' && wide.subject === 'any' && [narrow.provider, '*'].includes(wide.provider)
    );
  }
  if (wide.type === 'service' && narrow.type === 'service') {
    return [narrow.service, '*'].includes(wide.service) && [narrow.source, 'any'].includes(wide.source);
  }
  return false;
}

const holdsAll = (wide: readonly string[], narrow: readonly string[]) =>
  narrow.every((one) => wide.includes(one));

/** Actions are told apart without letter case. */
function holdsActions(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide === narrow) return true;
  const known = new Set(wide.map((action) => action.toLowerCase()));
  return narrow.every((action) => known.has(action.toLowerCase()));
}

/** Whether the first grant says all that the second says. */
function covers(wide: Grant, narrow: Grant): boolean {
  if (wide === narrow) return false;
  const isSame = outsiderKey(wide.outsider) === outsiderKey(narrow.outsider);
  if (!isSame && !includes(wide.outsider, narrow.outsider)) return false;
  if (!holdsActions(wide.actions, narrow.actions) || !holdsAll(wide.resources, narrow.resources))
    return false;
  const conditions = new Set(narrow.conditions.map((condition) => JSON.stringify(condition)));
  return wide.conditions.every((condition) => conditions.has(JSON.stringify(condition)));
}

/** The grants that may say all that another says: those to many, and those to one outsider who has several. */
function mayCover(grants: readonly Grant[], distinct: boolean): readonly Grant[] {
  if (distinct) return grants.filter(({ outsider }) => isBroad(outsider));
  const times = new Map<string, number>();
  for (const { outsider } of grants) {
    const key = outsiderKey(outsider);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return grants.filter(({ outsider }) => isBroad(outsider) || (times.get(outsiderKey(outsider)) ?? 0) > 1);
}

/**
 * The grants, each said once, the widest outsider first.
 * @param found of each statement, which by itself says each outsider once
 */
export function merge(found: readonly (readonly Grant[])[]): readonly Grant[] {
  const giving = found.filter(({ length }) => length > 0);
  const [first = []] = giving;
  const distinct = giving.length < 2;
  if (distinct && first.length < 2) return first;
  const merged = distinct ? first : mergeEqual(giving.flat());
  const wide = mayCover(merged, distinct);
  const said =
    wide.length === 0 ? merged : merged.filter((grant) => !wide.some((other) => covers(other, grant)));
  return [...said].sort((a, b) => width[a.outsider.type] - width[b.outsider.type]);
}
