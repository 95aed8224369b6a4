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

const union = <T>(first: readonly T[], second: readonly T[]): readonly T[] => [
  ...new Set([...first, ...second]),
];

/** Grants to the same outsider under the same conditions are one. */
function mergeEqual(grants: readonly Grant[]): readonly Grant[] {
  const merged = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.outsider, grant.conditions]);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? grant
        : {
            ...known,
            actions: union(known.actions, grant.actions),
            resources: union(known.resources, grant.resources),
            statements: [...known.statements, ...grant.statements],
          },
    );
  }
  return [...merged.values()];
}

/** Whether whoever the second names is among those that the first names. */
function includes(wide: Outsider, narrow: Outsider): boolean {
  if (wide.type === 'anyone') return true;
  if (wide.type === 'any-account') return !['anyone', 'federated'].includes(narrow.type);
  if (wide.type === 'account') {
    return (
      narrow.type === 'account' &&
      wide.account === narrow.account &&
      (wide.principal === undefined || wide.principal === narrow.principal)
    );
  }
  if (wide.type === 'organization') return narrow.type === 'organization' && wide.organization === '*';
  if (wide.type === 'federated') {
    return (
      narrow.type === 'federated' && [narrow.provider, '*'].includes(wide.provider) && wide.subject === 'any'
    );
  }
  if (wide.type === 'service') {
    return (
      narrow.type === 'service' &&
      [narrow.service, '*'].includes(wide.service) &&
      [narrow.source, 'any'].includes(wide.source)
    );
  }
  return false;
}

const holdsAll = (wide: readonly string[], narrow: readonly string[]) =>
  narrow.every((one) => wide.includes(one));

/** Whether the first grant says all that the second says. */
function covers(wide: Grant, narrow: Grant): boolean {
  if (wide === narrow || !includes(wide.outsider, narrow.outsider)) return false;
  const conditions = new Set(narrow.conditions.map((condition) => JSON.stringify(condition)));
  return (
    wide.conditions.every((condition) => conditions.has(JSON.stringify(condition))) &&
    holdsAll(wide.actions, narrow.actions) &&
    holdsAll(wide.resources, narrow.resources)
  );
}

/** The grants, each said once, the widest outsider first. */
export function merge(grants: readonly Grant[]): readonly Grant[] {
  if (grants.length < 2) return grants;
  const merged = mergeEqual(grants);
  return merged
    .filter((grant) => !merged.some((other) => covers(other, grant)))
    .sort((a, b) => width[a.outsider.type] - width[b.outsider.type]);
}
