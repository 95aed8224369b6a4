import { none } from '../iam/none.ts';
import type { Grant, Outsider } from './grant.ts';
import { mergedSentence } from './merged-sentence.ts';

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

/** An outsider as one text; a principal's own ARN, which nobody else begins as. */
export function outsiderKey(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
      return outsider.type;
    case 'account':
      return outsider.principal ?? `account ${outsider.account}`;
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

/** Actions are told apart without letter case; each as it is first written. */
function unionOfActions(grants: readonly Grant[]): readonly string[] {
  const once = new Map<string, string>();
  for (const { actions } of grants) {
    for (const action of actions) {
      const lower = action.toLowerCase();
      if (!once.has(lower)) once.set(lower, action);
    }
  }
  return [...once.values()];
}

const conditionsKey = ({ conditions }: Grant) => (conditions.length === 0 ? '' : JSON.stringify(conditions));

/** How many grants each outsider has. */
function timesOf(grants: readonly Grant[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { outsider } of grants) {
    const key = outsiderKey(outsider);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

/** Grants to the same outsider under the same conditions are one. */
function mergeEqual(grants: readonly Grant[]): readonly Grant[] {
  const times = timesOf(grants);
  if (times.size === grants.length) return grants;
  const alike = new Map<string, [Grant, ...Grant[]]>();
  for (const grant of grants) {
    const outsider = outsiderKey(grant.outsider);
    const key = times.get(outsider) === 1 ? outsider : outsider + conditionsKey(grant);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [grant]);
    else known.push(grant);
  }
  return [...alike.values()].map(asOne);
}

function asOne(grants: readonly [Grant, ...Grant[]]): Grant {
  const [first, ...others] = grants;
  if (others.length === 0) return first;
  return {
    ...first,
    actions: unionOfActions(grants),
    resources: [...new Set(grants.flatMap(({ resources }) => resources))],
    statements: grants.flatMap(({ statements }) => statements),
    because: mergedSentence(grants),
  };
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

/** A grant with what it is compared by. */
interface Said {
  readonly grant: Grant;
  readonly outsider: string;
  /** In lower case: actions are told apart without letter case. */
  readonly actions: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
}

const saidBy = (grant: Grant): Said => ({
  grant,
  outsider: outsiderKey(grant.outsider),
  actions: new Set(grant.actions.map((action) => action.toLowerCase())),
  resources: new Set(grant.resources),
  conditions: new Set(grant.conditions.map((condition) => JSON.stringify(condition))),
});

function holdsAll(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  for (const one of narrow) if (!wide.has(one)) return false;
  return true;
}

/** Whether the first grant, whose outsider takes in the second's, says all that the second says. */
function covers(wide: Said, narrow: Said): boolean {
  return (
    holdsAll(wide.actions, narrow.actions) &&
    holdsAll(wide.resources, narrow.resources) &&
    holdsAll(narrow.conditions, wide.conditions)
  );
}

/** The grants that may say all that another says: those to many, and those to one outsider who has several. */
function mayCover(grants: readonly Grant[], distinct: boolean): readonly Grant[] {
  if (distinct) return grants.filter(({ outsider }) => isBroad(outsider));
  const times = timesOf(grants);
  return grants.filter(({ outsider }) => isBroad(outsider) || (times.get(outsiderKey(outsider)) ?? 0) > 1);
}

/** The grants that none of the wide ones covers. */
function leftOf(grants: readonly Grant[], wide: readonly Grant[]): readonly Grant[] {
  if (wide.length === 0) return grants;
  const others = wide.map(saidBy);
  return grants.filter((grant) => {
    const key = outsiderKey(grant.outsider);
    const above = others.filter(
      (other) =>
        other.grant !== grant && (other.outsider === key || includes(other.grant.outsider, grant.outsider)),
    );
    if (above.length === 0) return true;
    const said = saidBy(grant);
    return !above.some((other) => covers(other, said));
  });
}

/**
 * The grants, each said once, the widest outsider first.
 * @param found of each statement, which by itself says each outsider once
 */
export function merge(found: readonly (readonly Grant[])[]): readonly Grant[] {
  const giving = found.filter(({ length }) => length > 0);
  const [first = none] = giving;
  const distinct = giving.length < 2;
  if (distinct && first.length < 2) return first;
  const merged = distinct ? first : mergeEqual(giving.flat());
  return widestFirst(leftOf(merged, mayCover(merged, distinct)));
}

const compareWidths = (a: Grant, b: Grant) => width[a.outsider.type] - width[b.outsider.type];

function widestFirst(grants: readonly Grant[]): readonly Grant[] {
  const [first] = grants;
  const isOfOneType = grants.every(({ outsider }) => outsider.type === first?.outsider.type);
  return isOfOneType ? grants : [...grants].sort(compareWidths);
}
