import type { Condition } from './condition.ts';
import { parseOperator } from './operator.ts';
import { type Principals, parsePrincipals } from './principal.ts';
import type { Statement } from './statement.ts';

/** Where a statement stands, and whether its policy's version knows variables. */
export interface StatementPlace {
  readonly policy: string;
  readonly index: number;
  readonly variables: boolean;
}

const none: readonly never[] = [];

/** One text or a list of texts; undefined when it is something else. */
function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  for (const item of value) if (typeof item !== 'string') return undefined;
  return value;
}

/** The values of a condition as texts: numbers and booleans count as their JSON text. */
function conditionValues(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  const values: string[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item === 'string') values.push(item);
    else if (typeof item === 'number' || typeof item === 'boolean') values.push(String(item));
    else return undefined;
  }
  return values;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const holdsVariable = (list: readonly string[]) => {
  for (const text of list) if (text.includes('${')) return true;
  return false;
};

interface Block {
  readonly conditions: readonly Condition[];
  readonly unknownOperators: readonly string[];
}

function parseOperatorBlock(
  name: string,
  keys: unknown,
  variables: boolean,
  conditions: Condition[],
): string | 'unknown' | undefined {
  if (!isObject(keys)) return `has a Condition whose \`${name.slice(0, 40)}\` is no object`;
  const operator = parseOperator(name);
  if (operator === undefined) return 'unknown';
  for (const writtenKey in keys) {
    const values = conditionValues(keys[writtenKey]);
    if (values === undefined)
      return `has a Condition on \`${writtenKey.slice(0, 80)}\` whose value is no text`;
    conditions.push({
      key: writtenKey.toLowerCase(),
      operator,
      values,
      writtenKey,
      writtenOperator: name,
      variables: variables && holdsVariable(values),
    });
  }
  return undefined;
}

function parseConditions(block: unknown, variables: boolean): Block | string {
  if (block === undefined) return { conditions: none, unknownOperators: none };
  if (!isObject(block)) return 'has a Condition that is no object';
  const conditions: Condition[] = [];
  const unknownOperators: string[] = [];
  for (const name in block) {
    const problem = parseOperatorBlock(name, block[name], variables, conditions);
    if (problem === 'unknown') unknownOperators.push(name);
    else if (problem !== undefined) return problem;
  }
  return { conditions, unknownOperators };
}

interface Choice {
  readonly value: unknown;
  readonly not: boolean;
}

const opposite = { Principal: 'NotPrincipal', Action: 'NotAction', Resource: 'NotResource' } as const;

/** `X` or `NotX`: exactly one of them. */
function choose(
  statement: Record<string, unknown>,
  name: keyof typeof opposite,
  optional: boolean,
): Choice | string {
  const positive = statement[name];
  const negative = statement[opposite[name]];
  if (positive !== undefined && negative !== undefined) return `has both ${name} and Not${name}`;
  if (positive === undefined && negative === undefined && !optional) return `has no ${name}`;
  return negative === undefined ? { value: positive, not: false } : { value: negative, not: true };
}

interface Reach {
  readonly actions: readonly string[];
  readonly notAction: boolean;
  readonly resources: readonly string[] | undefined;
  readonly notResource: boolean;
}

function parseReach(item: Record<string, unknown>): Reach | string {
  const action = choose(item, 'Action', false);
  if (typeof action === 'string') return action;
  const resource = choose(item, 'Resource', true);
  if (typeof resource === 'string') return resource;
  const actions = texts(action.value);
  if (actions === undefined) return 'has an Action that is neither text nor a list of texts';
  const resources = resource.value === undefined ? undefined : texts(resource.value);
  if (resources === undefined && resource.value !== undefined)
    return 'has a Resource that is neither text nor a list of texts';
  return { actions, notAction: action.not, resources, notResource: resource.not };
}

function parseWhom(
  item: Record<string, unknown>,
): { readonly principals: Principals; readonly not: boolean } | string {
  const principal = choose(item, 'Principal', false);
  if (typeof principal === 'string') return principal;
  const principals = parsePrincipals(principal.value);
  return typeof principals === 'string'
    ? `has a Principal that ${principals}`
    : { principals, not: principal.not };
}

/** A statement taken apart, or what is wrong with it. */
export function parseStatement(place: StatementPlace, item: unknown): Statement | string {
  if (!isObject(item)) return 'is no object';
  const effect = item.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return 'has no Effect of `Allow` or `Deny`';
  const whom = parseWhom(item);
  if (typeof whom === 'string') return whom;
  const reach = parseReach(item);
  if (typeof reach === 'string') return reach;
  const block = parseConditions(item.Condition, place.variables);
  if (typeof block === 'string') return block;
  const sid = item.Sid;
  return {
    policy: place.policy,
    index: place.index,
    ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
    effect,
    principals: whom.principals,
    notPrincipal: whom.not,
    actions: reach.actions,
    notAction: reach.notAction,
    resources: reach.resources,
    notResource: reach.notResource,
    resourceVariables: place.variables && reach.resources !== undefined && holdsVariable(reach.resources),
    conditions: block.conditions,
    unknownOperators: block.unknownOperators,
  };
}
