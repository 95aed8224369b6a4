/** How a value of the request is compared with a value of the policy. */
export type Comparison =
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringLike'
  | 'ArnLike'
  | 'IpAddress'
  | 'Bool'
  | 'BinaryEquals'
  | 'NumericEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Null';

/** A condition operator taken apart. */
export interface Operator {
  readonly comparison: Comparison;
  /** `...Not...`: no value of the policy may match. */
  readonly negated: boolean;
  /** ForAnyValue, ForAllValues, or none. */
  readonly quantifier: 'one' | 'any' | 'all';
  readonly ifExists: boolean;
}

const negatable: readonly (readonly [Comparison, string])[] = [
  ['StringEquals', 'StringNotEquals'],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ['StringLike', 'StringNotLike'],
  ['ArnLike', 'ArnNotLike'],
  ['IpAddress', 'NotIpAddress'],
  ['NumericEquals', 'NumericNotEquals'],
  ['DateEquals', 'DateNotEquals'],
];

const plain: readonly Comparison[] = [
  'Bool',
  'BinaryEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
];

interface NamedComparison {
  readonly name: string;
  readonly comparison: Comparison;
  readonly negated: boolean;
}

const comparisons: readonly NamedComparison[] = [
  ...negatable.flatMap(([comparison, not]) => [
    { name: comparison, comparison, negated: false },
    { name: not, comparison, negated: true },
  ]),
  ...plain.map((comparison) => ({ name: comparison, comparison, negated: false })),
  { name: 'ArnEquals', comparison: 'ArnLike', negated: false },
  { name: 'ArnNotEquals', comparison: 'ArnLike', negated: true },
];

/** Every operator by its name in lower case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: ReadonlyMap<string, Operator> = new Map([
  ['null', { comparison: 'Null', negated: false, quantifier: 'one', ifExists: false } satisfies Operator],
  ...(['one', 'any', 'all'] as const).flatMap((quantifier) =>
    [false, true].flatMap((ifExists) =>
      comparisons.map(({ name, comparison, negated }): readonly [string, Operator] => {
        const prefix = { one: '', any: 'foranyvalue:', all: 'forallvalues:' }[quantifier];
        const key = `${prefix}${name.toLowerCase()}${ifExists ? 'ifexists' : ''}`;
        return [key, { comparison, negated, quantifier, ifExists }];
      }),
    ),
  ),
]);

const asWritten: ReadonlyMap<string, Operator> = new Map(
  comparisons.flatMap(({ name }) => {
    const operator = operators.get(name.toLowerCase());
    return operator === undefined ? [] : [[name, operator] as const];
  }),
);

/** The operator of that name, letter case aside; undefined when there is none. */
export function parseOperator(name: string): Operator | undefined {
  return asWritten.get(name) ?? operators.get(name.toLowerCase());
}

/**
 * Whether `${...}` means a variable to the operator: to those of texts and ARNs, and to Bool. To others it is text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse
 */
export const takesVariables = ({ comparison }: Operator): boolean =>
  !/^(?:Numeric|Date|IpAddress|Binary|Null)/.test(comparison);
