import type { Partition } from './arn.ts';
import type { Condition } from './condition.ts';
import { keyFacts } from './context-key.ts';
import { cut } from './cut.ts';
import { remembering } from './memory.ts';
import { none } from './none.ts';
import { parseOperator, takesVariables } from './operator.ts';
import { parsePrincipals } from './principal.ts';
import type { Statement } from './statement.ts';
import { textsOf } from './texts.ts';
import { withOne } from './with-one.ts';

/** Where a statement stands, and whether its policy's version knows variables. */
export interface StatementPlace {
  readonly policy: string;
  readonly index: number;
  readonly variables: boolean;
  /** Whether the policy is a resource control policy. */
  readonly control: boolean;
  /** The partition of the resource, from which alone callers come. */
  readonly partition: Partition;
}

/** The values of a condition as texts: numbers and booleans count as their JSON text. */
function conditionValues(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  let values: readonly string[] = none;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (typeof item === 'string') values = withOne(values, item);
    else if (typeof item === 'number' || typeof item === 'boolean') values = withOne(values, String(item));
    else return undefined;
  }
  return values;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const holdsVariable = (list: readonly string[]) => {
  return list.some((text) => text.includes('${'));
};

/** Policies use the same few keys: what is known of each is looked up once. */
const keyOf = remembering((writtenKey): Pick<Condition, 'key' | 'facts'> => {
  const key = writtenKey.toLowerCase();
  return { key, facts: keyFacts(key) };
});

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
  if (!isObject(keys)) return `has a Condition whose \`${cut(name, 40)}\` is no object`;
  const operator = parseOperator(name);
  if (operator === undefined) return 'unknown';
  for (const writtenKey in keys) {
    const values = conditionValues(keys[writtenKey]);
    if (values === undefined) return `has a Condition on \`${cut(writtenKey, 80)}\` whose value is no text`;
    const { key, facts } = keyOf(writtenKey);
    conditions.push({
      key,
      facts,
      operator,
      values,
      writtenKey,
      writtenOperator: name,
      variables: variables && holdsVariable(values) && takesVariables(operator),
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

/** What is wrong with `X` beside `NotX`, of which one at most may be there. */
function problemOf(
  name: string,
  positive: unknown,
  negative: unknown,
  optional: boolean,
): string | undefined {
  if (positive !== undefined && negative !== undefined) return `has both ${name} and Not${name}`;
  return positive === undefined && negative === undefined && !optional ? `has no ${name}` : undefined;
}

type Whom = Pick<Statement, 'principals' | 'notPrincipal'>;

function parseWhom(
  { Principal, NotPrincipal }: Record<string, unknown>,
  partition: Partition,
): Whom | string {
  const problem = problemOf('Principal', Principal, NotPrincipal, false);
  if (problem !== undefined) return problem;
  const notPrincipal = NotPrincipal !== undefined;
  const principals = parsePrincipals(notPrincipal ? NotPrincipal : Principal, partition);
  return typeof principals === 'string' ? `has a Principal that ${principals}` : { principals, notPrincipal };
}

type Reach = Pick<Statement, 'actions' | 'notAction' | 'resources' | 'notResource'>;

function parseReach({ Action, NotAction, Resource, NotResource }: Record<string, unknown>): Reach | string {
  const problem =
    problemOf('Action', Action, NotAction, false) ?? problemOf('Resource', Resource, NotResource, true);
  if (problem !== undefined) return problem;
  const notAction = NotAction !== undefined;
  const actions = textsOf(notAction ? NotAction : Action);
  if (actions === undefined) return 'has an Action that is neither text nor a list of texts';
  const notResource = NotResource !== undefined;
  const resource = notResource ? NotResource : Resource;
  const resources = resource === undefined ? undefined : textsOf(resource);
  return resources === undefined && resource !== undefined
    ? 'has a Resource that is neither text nor a list of texts'
    : { actions, notAction, resources, notResource };
}

/** A statement taken apart, or what is wrong with it. */
export function parseStatement(place: StatementPlace, item: unknown): Statement | string {
  if (!isObject(item)) return 'is no object';
  const { Sid, Effect, Condition } = item;
  if (Effect !== 'Allow' && Effect !== 'Deny') return 'has no Effect of `Allow` or `Deny`';
  const whom = parseWhom(item, place.partition);
  if (typeof whom === 'string') return whom;
  const reach = parseReach(item);
  if (typeof reach === 'string') return reach;
  const block = parseConditions(Condition, place.variables);
  if (typeof block === 'string') return block;
  const { resources } = reach;
  return {
    policy: place.policy,
    index: place.index,
    sid: typeof Sid === 'string' && Sid !== '' ? Sid : undefined,
    control: place.control,
    effect: Effect,
    principals: whom.principals,
    notPrincipal: whom.notPrincipal,
    actions: reach.actions,
    notAction: reach.notAction,
    resources,
    notResource: reach.notResource,
    resourceVariables: place.variables && resources !== undefined && holdsVariable(resources),
    conditions: block.conditions,
    unknownOperators: block.unknownOperators,
  };
}
