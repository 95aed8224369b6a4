import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { meeting, startOf } from './glob-index.ts';
import type { Grant, Outsider } from './grant.ts';
import { mergedSentence } from './merged-sentence.ts';
import { type Parts, type Said, saidBy, saysAll } from './said.ts';
import { lookAtSpelling } from './spelling.ts';
import { isBroad, nameBy, takesInOutsider } from './takes-in.ts';

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

/** Grants to the same outsider under the same conditions, which are one; undefined where no two have an outsider in common. */
function alikeAmong(grants: readonly Grant[]): readonly Parts[] | undefined {
  const times = timesOf(grants);
  if (times.size === grants.length) return undefined;
  const alike = new Map<string, [Grant, ...Grant[]]>();
  for (const grant of grants) {
    const outsider = outsiderKey(grant.outsider);
    const key = times.get(outsider) === 1 ? outsider : outsider + conditionsKey(grant);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [grant]);
    else known.push(grant);
  }
  return [...alike.values()];
}

function deniesOf(grants: Parts): Grant['denies'] {
  const denies = gather(grants, (grant) => grant.denies);
  return denies.length === 0 ? undefined : denies;
}

function asOne(grants: Parts): Grant {
  const [first, ...others] = grants;
  if (others.length === 0) return first;
  return {
    ...first,
    actions: unionOfActions(grants),
    resources: [...new Set(grants.flatMap(({ resources }) => resources))],
    statements: grants.flatMap(({ statements }) => statements),
    because: mergedSentence(grants),
    denies: deniesOf(grants),
  };
}

/** The places of grants that may say all that another says: those to many, and those to one outsider who has several. */
function mayCover(grants: readonly Grant[], distinct: boolean): readonly number[] {
  const times = distinct ? undefined : timesOf(grants);
  let places: readonly number[] = none;
  for (let i = 0; i < grants.length; i += 1) {
    const { outsider } = grants[i] as Grant;
    const isRepeated = (times?.get(outsiderKey(outsider)) ?? 0) > 1;
    if (isRepeated || isBroad(outsider)) places = withOne(places, i);
  }
  return places;
}

/** By what an outsider is told from most others of its sort: its account, or its place in an organization. */
const nameOf = (outsider: Outsider): string | undefined =>
  nameBy(outsider, 'aws:principalaccount') ?? nameBy(outsider, 'aws:principalorgpaths');

/** Which of the places to compare an outsider with: of the many that have names, those that begin alike. */
function placesFor(
  grants: readonly Grant[],
  places: readonly number[],
): (outsider: Outsider) => readonly number[] {
  const named = new Map<string, readonly number[]>();
  let others: readonly number[] = none;
  for (const place of places) {
    const name = nameOf((grants[place] as Grant).outsider);
    if (name === undefined) others = withOne(others, place);
    else named.set(name, withOne(named.get(name) ?? none, place));
  }
  const names = [...named.keys()];
  return (outsider) => {
    const name = nameOf(outsider);
    if (name === undefined || names.length === 0) return others;
    return [...others, ...gather(meeting(names, startOf(name)), (one) => named.get(one))];
  };
}

/** Of two grants that say the same in other words, whether the one stands for both: whichever statement comes first. */
function isBefore(one: Grant, other: Grant, byPlace: boolean): boolean {
  const [text, there] = [one, other].map((grant) => outsiderKey(grant.outsider) + conditionsKey(grant));
  if (text === there) return byPlace;
  lookAtSpelling();
  return (text ?? '') < (there ?? '');
}

/** The grants that none of those at the places covers; of two that cover each other, one. */
function leftOf(
  grants: readonly Grant[],
  places: readonly number[],
  saidAt: (place: number) => Said,
): readonly Grant[] {
  const placesOf = placesFor(grants, places);
  return grants.filter((grant, i) => {
    for (const place of placesOf(grant.outsider)) {
      const other = grants[place] as Grant;
      if (place === i || !takesInOutsider(other.outsider, grant.outsider)) continue;
      if (!saysAll(saidAt(place), saidAt(i))) continue;
      if (!saysAll(saidAt(i), saidAt(place)) || isBefore(other, grant, place < i)) return false;
    }
    return true;
  });
}

/** What the grants are compared by, made when it is first asked for. */
function sayings(partsAt: (place: number) => Parts, withGlobs: boolean): (place: number) => Said {
  const known: Said[] = [];
  return (place) => {
    known[place] ??= saidBy(partsAt(place), withGlobs);
    return known[place];
  };
}

const ofAllCallers: readonly string[] = ['request', 'network'];

/** Whether a Deny may stop some of those whom an Allow lets in, and spare others: by who they are. */
function tellsCallersApart({ effect, principals, notPrincipal, conditions }: Statement): boolean {
  if (effect === 'Allow') return false;
  if (notPrincipal || !principals.everyone) return true;
  return conditions.some(({ facts, variables }) => variables || !ofAllCallers.includes(facts.reach));
}

/**
 * The grants, each said once, the widest outsider first.
 * @param found of each statement, which by itself says each outsider once
 * @param statements all that is said of one part of the resource: where no Deny spares some callers, a pattern gives
 * all that it takes in. Undefined where each part has policies of its own
 */
export function merge(
  found: readonly (readonly Grant[])[],
  statements: readonly Statement[] | undefined,
): readonly Grant[] {
  const giving = found.filter(({ length }) => length > 0);
  const [first = none] = giving;
  const distinct = giving.length < 2;
  if (distinct && first.length < 2) return first;
  const all = distinct ? first : giving.flat();
  const parts = distinct ? undefined : alikeAmong(all);
  const merged = parts === undefined ? all : parts.map(asOne);
  const places = mayCover(merged, distinct);
  if (places.length === 0) return widestFirst(merged);
  const partsAt = (place: number) => parts?.[place] ?? [merged[place] as Grant];
  const saidAt = sayings(partsAt, statements?.some(tellsCallersApart) === false);
  return widestFirst(leftOf(merged, places, saidAt));
}

const compareWidths = (a: Grant, b: Grant) => width[a.outsider.type] - width[b.outsider.type];

function widestFirst(grants: readonly Grant[]): readonly Grant[] {
  const [first] = grants;
  const isOfOneType = grants.every(({ outsider }) => outsider.type === first?.outsider.type);
  return isOfOneType ? grants : [...grants].sort(compareWidths);
}
