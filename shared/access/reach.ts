import { parseArn } from '../iam/arn.ts';
import { gather } from '../iam/gather.ts';
import { globMatches, hasWildcard, wildcardAt } from '../iam/glob.ts';
import { none } from '../iam/none.ts';
import { unsignedPatterns } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import {
  type ActionList,
  actionList,
  actionsMatching,
  inventedAction,
  type KindActions,
  knownActions,
} from './action-list.ts';
import { type ActionSet, add, both, isWithin, overlap, without } from './action-set.ts';
import type { JudgedResource } from './decision.ts';
import { type Form, formOf } from './form.ts';

/**
 * Where the catalogue does not know the kind, every action that the policies name counts, on every resource they name,
 * and those that the service takes without a signature.
 */
function freeForm({ kind, arn }: JudgedResource, statements: readonly Statement[]): Form {
  const service = parseArn(arn)?.service ?? kind.split(':', 1)[0] ?? 'service';
  const named = statements.flatMap(({ actions }) => actions).filter((pattern) => pattern !== '*');
  const services = new Set([service, ...named.map((pattern) => pattern.split(':', 1)[0]?.toLowerCase())]);
  const unsigned = unsignedPatterns.filter((pattern) => services.has(pattern.split(':', 1)[0]));
  const actions = new Set([`${service}:*`, ...named, ...unsigned].map(inventedAction));
  return { written: '*', prefix: undefined, list: actionList(kind, { resource: '*' }, [...actions]), arn };
}

/** A Deny takes nothing that an Allow does not name, unless it leaves out what it names. */
function unheardOf(statements: readonly Statement[], { isUnheard }: KindActions): readonly string[] {
  let found: readonly string[] = none;
  for (let i = 0; i < statements.length; i += 1) {
    const { effect, actions, notAction } = statements[i] as Statement;
    if (effect === 'Deny' && !notAction) continue;
    for (let j = 0; j < actions.length; j += 1) {
      const pattern = actions[j] as string;
      if (isUnheard(pattern)) found = [...found, pattern];
    }
  }
  return found;
}

/** The forms of a resource with their actions; an action that the catalogue has never heard of counts on all. */
export function formsOf(resource: JudgedResource, statements: readonly Statement[]): readonly Form[] {
  const known = knownActions(resource.kind);
  if (known === undefined) return [freeForm(resource, statements)];
  const { kind } = resource;
  const extra = unheardOf(statements, known);
  let forms: readonly Form[] = none;
  for (let i = 0; i < known.lists.length; i += 1) {
    const form = formOf(withMore(known.lists[i] as ActionList, kind, extra), resource);
    if (form !== undefined) forms = withOne(forms, form);
  }
  return forms;
}

/** The forms that lie under one of the globs, or as much of them as a glob without wildcards names. */
export function formsAt(forms: readonly Form[], globs: readonly string[]): readonly Form[] {
  return gather(forms, (form) => {
    if (globs.includes(form.written)) return form;
    const within = globs.filter((arn) => !hasWildcard(arn) && globMatches(form.written, arn));
    return within.map((arn) => ({ ...form, written: arn, prefix: undefined }));
  });
}

function withMore(list: ActionList, kind: string, patterns: readonly string[]): ActionList {
  if (patterns.length === 0) return list;
  return actionList(kind, list, [...new Set([...list.actions, ...patterns.map(inventedAction)])]);
}

/** The list's actions that a statement's Action or NotAction covers. */
export function actionsCovered({ actions, notAction }: Statement, list: ActionList): ActionSet {
  const set = actions.length === 1 ? actionsMatching(actions[0] as string, list) : union(actions, list);
  return notAction ? without(list.all, set) : set;
}

function union(patterns: readonly string[], list: ActionList): ActionSet {
  const set = list.none.slice();
  for (let i = 0; i < patterns.length; i += 1) add(set, actionsMatching(patterns[i] as string, list));
  return set;
}

/** Whether a set cuts another in two. */
const cuts = (other: ActionSet, part: ActionSet) => overlap(part, other) && !isWithin(part, other);

/** Splits the parts of a set so that each lies wholly inside or outside of another set. */
export function splitBy(parts: readonly ActionSet[], other: ActionSet): readonly ActionSet[] {
  let split: ActionSet[] | undefined;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] as ActionSet;
    const isCut = cuts(other, part);
    if (isCut) split ??= parts.slice(0, i);
    if (isCut) split?.push(both(part, other), without(part, other));
    else split?.push(part);
  }
  return split ?? parts;
}

/**
 * How a pattern of Resource meets the form's ARNs, where that needs no search: all of them, some, none; undefined when
 * it takes a search.
 */
export function meetingOf(pattern: string, { written, prefix }: Form): 'all' | 'some' | 'none' | undefined {
  if (pattern === '*' || pattern === written) return 'all';
  if (written === '*') return undefined;
  if (prefix === undefined) return globMatches(pattern, written) ? 'all' : 'none';
  const wild = wildcardAt(pattern);
  const head = wild === -1 ? pattern : pattern.slice(0, wild);
  if (head.startsWith(prefix)) return pattern.length > prefix.length ? 'some' : undefined;
  return prefix.startsWith(head) && wild !== -1 ? undefined : 'none';
}
