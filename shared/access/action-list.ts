import { type ActionForm, actionForms, foreignActions, serviceOfKind } from '../iam/action-catalog.ts';
import { globMatches, hasWildcard, sampleOf } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { isForOwnAccount } from '../iam/own-account.ts';
import { acceptsUnsigned, underResourceControlPolicies } from '../iam/service.ts';
import { type ActionSet, firstPlace, isEmpty, isWithin, placesOf, setOf } from './action-set.ts';

/** Which ARNs of a kind a list's actions are called on, in the catalogue's words. */
type Where = Omit<ActionForm, 'actions'>;

/** The actions that are called on one form of a kind's ARNs. */
export interface ActionList extends Where {
  /** In the catalogue's spelling, and in lower case. */
  readonly actions: readonly string[];
  readonly lower: readonly string[];
  readonly all: ActionSet;
  readonly none: ActionSet;
  /** Those that callers of other accounts can call; the same as `all` where they can call all. */
  readonly acrossAccounts: ActionSet;
  /** Those that take requests without a signature. */
  readonly unsigned: ActionSet;
  /** Those that let somebody in by themselves: in a trust policy the three that assume the role. */
  readonly doors: ActionSet;
  /** What sorts of callers can make: in a trust policy each of the doors has its own, elsewhere the unsigned are one. */
  readonly waysIn: readonly ActionSet[];
  /** Those that resource control policies reach. */
  readonly controlled: ActionSet;
  /** Which actions a pattern matches, kept from one decision to the next. */
  readonly matched: Map<string, ActionSet>;
}

/** A list with its sets worked out. */
export function actionList(kind: string, { resource, of }: Where, actions: readonly string[]): ActionList {
  const lower = actions.map((action) => action.toLowerCase());
  const trust = kind === 'iam:role';
  const isDoor = (action: string) => !trust || action.startsWith('sts:assumerole');
  const size = lower.length;
  const those = (holds: (action: string) => boolean) => setOf(size, (at) => holds(lower[at] ?? ''));
  const unsigned = those((action) => acceptsUnsigned(kind, action));
  const all = those(() => true);
  const acrossAccounts = those((action) => !isForOwnAccount(kind, action));
  return {
    resource,
    of,
    actions,
    lower,
    all,
    none: those(() => false),
    acrossAccounts: isWithin(all, acrossAccounts) ? all : acrossAccounts,
    unsigned,
    doors: those(isDoor),
    waysIn: trust ? lower.filter(isDoor).map((door) => those((action) => action === door)) : [unsigned],
    controlled: those(underResourceControlPolicies),
    matched: new Map(),
  };
}

/** Above this many patterns, which only a hostile caller has, the memory of them starts anew. */
const maxMatched = 4_096;

/** The list's actions that a pattern of Action matches, letter case aside. */
export function actionsMatching(pattern: string, { lower, all, matched }: ActionList): ActionSet {
  if (pattern === '*') return all;
  const known = matched.get(pattern);
  if (known !== undefined) return known;
  const set = matchingAmong(lower, pattern.toLowerCase());
  if (matched.size >= maxMatched) matched.clear();
  matched.set(pattern, set);
  return set;
}

const matchingAmong = (actions: readonly string[], pattern: string): ActionSet =>
  setOf(
    actions.length,
    hasWildcard(pattern) ? (at) => globMatches(pattern, actions[at] ?? '') : (at) => actions[at] === pattern,
  );

const invented = 'Anything';

/** An action that the pattern matches, of which the catalogue has never heard. */
export const inventedAction = (pattern: string): string => sampleOf(pattern, invented);

/** The actions of a set, in the catalogue's spelling; an invented one as the pattern that it stands for. */
export const shownActions = (set: ActionSet, { actions }: ActionList): readonly string[] =>
  placesOf(set).map((place) => {
    const action = actions[place] ?? '';
    return action.endsWith(invented) ? `${action.slice(0, -invented.length)}*` : action;
  });

/**
 * What nobody calls on a resource that is there: to make it, or what is no call but the permission to deliver its logs.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-service-specific.html
 */
const isUncallable = (action: string) =>
  action.endsWith(':AllowVendedLogDeliveryForResource') || action === 's3:CreateBucket';

/** The first action of a set; of those that can be called, where there are some. */
export function firstAction(set: ActionSet, { actions }: ActionList): string {
  const first = actions[firstPlace(set)] ?? '';
  if (!isUncallable(first)) return first;
  const place = placesOf(set).find((one) => !isUncallable(actions[one] ?? ''));
  return actions[place ?? -1] ?? first;
}

const prefixOf = (action: string) => action.slice(0, action.indexOf(':'));

/** What the catalogue knows of a kind. */
export interface KindActions {
  readonly service: string;
  readonly lists: readonly ActionList[];
  /** Patterns that speak of the kind's services and match nothing that the catalogue has heard of. */
  readonly isUnheard: (pattern: string) => boolean;
}

function kindActions(kind: string): KindActions | undefined {
  const forms = actionForms(kind);
  const service = serviceOfKind(kind);
  if (forms === undefined || service === undefined) return undefined;
  const lists = forms.map(({ resource, of, actions }) => actionList(kind, { resource, of }, actions));
  const others = actionList(kind, { resource: '' }, [...foreignActions(kind)]);
  const prefixes = new Set(lists.flatMap(({ lower }) => lower.map(prefixOf)));
  const isUnheard = (pattern: string) =>
    prefixes.has(prefixOf(pattern.toLowerCase())) &&
    [...lists, others].every((list) => isEmpty(actionsMatching(pattern, list)));
  return { service, lists, isUnheard: kind === 'iam:role' ? () => false : remembering(isUnheard) };
}

/** What the catalogue knows of a kind, made when it is first asked for; undefined when it does not know the kind. */
export const knownActions = remembering(kindActions);
