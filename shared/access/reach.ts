import { actionForms, foreignActions, serviceOfKind } from '../iam/action-catalog.ts';
import { formatArn, parseArn } from '../iam/arn.ts';
import { globMatches, hasWildcard, sampleOf } from '../iam/glob.ts';
import { underResourceControlPolicies } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import type { JudgedResource } from './decision.ts';
import type { Domain } from './domain.ts';
import { classes, many, one, shape } from './pattern.ts';

/** The actions that are called on one form of the resource's ARNs, in the catalogue's spelling and in lower case. */
export interface Form {
  /** The form's ARNs as a glob. */
  readonly written: string;
  readonly resource: Domain;
  readonly actions: readonly string[];
  readonly lower: readonly string[];
}

function openResource(prefix: string): Domain {
  return {
    state: 'open',
    presence: 'always',
    type: 'text',
    multiValued: false,
    fresh: [`${prefix}x`],
    shape: [shape(prefix, one(classes.anything), many(classes.anything))],
  };
}

/** `event-bus/orders` → the rules on that bus. */
function rulesOf(arn: string): Domain {
  const parsed = parseArn(arn);
  if (parsed === undefined) return { state: 'fixed', value: arn };
  const bus = parsed.resource.replace(/^event-bus\//, '');
  return openResource(formatArn({ ...parsed, resource: bus === 'default' ? 'rule/' : `rule/${bus}/` }));
}

function resourceDomain(template: string, arn: string): Domain {
  if (template === '{arn}') return { state: 'fixed', value: arn };
  if (template === '{rule}') return rulesOf(arn);
  return openResource(template.replace('{arn}', arn).replace(/\*$/, ''));
}

const lowerCase = (action: string) => action.toLowerCase();

/** The statements' actions that the catalogue has never heard of, though they speak of the kind's service. */
function unheard(
  kind: string,
  service: string,
  known: ReadonlySet<string>,
  statements: readonly Statement[],
): readonly string[] {
  if (kind === 'iam:role') return [];
  const foreign = foreignActions(kind);
  const patterns = statements
    .flatMap(({ actions }) => actions)
    .filter((action) => lowerCase(action).startsWith(`${service}:`));
  return patterns.flatMap((pattern) => {
    const lower = lowerCase(pattern);
    if (lower === `${service}:*` || known.has(lower) || foreign.has(lower)) return [];
    if (!hasWildcard(lower)) return [pattern];
    const matchesSome = [...known, ...foreign].some((action) => globMatches(lower, action));
    return matchesSome ? [] : [sampleOf(pattern, 'Anything')];
  });
}

/** Where the catalogue does not know the kind, every action that the policies name counts, on every resource they name. */
function freeForm(resource: JudgedResource, statements: readonly Statement[]): Form {
  const service = parseArn(resource.arn)?.service ?? resource.kind.split(':', 1)[0] ?? 'service';
  const samples = statements
    .flatMap(({ actions }) => actions)
    .map((pattern) => (pattern === '*' ? `${service}:Anything` : sampleOf(pattern, 'Anything')));
  const actions = [...new Set([`${service}:Anything`, ...samples])];
  return {
    written: '*',
    resource: {
      state: 'open',
      presence: 'always',
      type: 'text',
      multiValued: false,
      fresh: [resource.arn, `${resource.arn}/x`, `${resource.arn}:x`],
      shape: undefined,
    },
    actions,
    lower: actions.map(lowerCase),
  };
}

/** The forms of a resource with their actions. */
export function formsOf(resource: JudgedResource, statements: readonly Statement[]): readonly Form[] {
  const forms = actionForms(resource.kind);
  const service = serviceOfKind(resource.kind);
  if (forms === undefined || service === undefined) return [freeForm(resource, statements)];
  const known = new Set(forms.flatMap(({ actions }) => actions.map(lowerCase)));
  const extra = [...new Set(unheard(resource.kind, service, known, statements))];
  return forms.map((form) => {
    const actions = extra.length === 0 ? form.actions : [...form.actions, ...extra];
    return {
      written: form.resource.replace('{arn}', resource.arn).replace('{rule}', '*'),
      resource: resourceDomain(form.resource, resource.arn),
      actions,
      lower: actions.map(lowerCase),
    };
  });
}

/** A set of a form's actions, one bit each. */
export type ActionSet = bigint;

function matchingOne(pattern: string, lower: readonly string[]): ActionSet {
  const wanted = lowerCase(pattern);
  let set = 0n;
  if (!hasWildcard(wanted)) {
    const at = lower.indexOf(wanted);
    return at === -1 ? 0n : 1n << BigInt(at);
  }
  for (const [i, action] of lower.entries()) if (globMatches(wanted, action)) set |= 1n << BigInt(i);
  return set;
}

/** All actions of a form. */
export const allActions = ({ lower }: Form): ActionSet => (1n << BigInt(lower.length)) - 1n;

/** The form's actions that a statement's Action or NotAction covers. */
export function actionsCovered({ actions, notAction }: Statement, form: Form): ActionSet {
  let set = 0n;
  for (const pattern of actions) set |= matchingOne(pattern, form.lower);
  return notAction ? allActions(form) & ~set : set;
}

/** The form's actions that resource control policies reach. */
export function actionsControlled(form: Form): ActionSet {
  let set = 0n;
  for (const [i, action] of form.lower.entries())
    if (underResourceControlPolicies(action)) set |= 1n << BigInt(i);
  return set;
}

/** The actions of a set, in the catalogue's spelling. */
export function actionsOf(set: ActionSet, form: Form): readonly string[] {
  return form.actions.filter((_, i) => (set >> BigInt(i)) & 1n);
}

/** Splits a set so that each part lies wholly inside or outside of each of the others. */
export function splitBy(set: ActionSet, others: readonly ActionSet[]): readonly ActionSet[] {
  let parts: readonly ActionSet[] = [set];
  for (const other of others) {
    if ((set & other) === 0n || (set & ~other) === 0n) continue;
    parts = parts.flatMap((part) => [part & other, part & ~other].filter((piece) => piece !== 0n));
  }
  return parts;
}
