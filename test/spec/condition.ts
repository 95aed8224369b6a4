import { negated, positive, takesVariables } from './operator.ts';
import { patternOf } from './pattern.ts';
import type { ConditionLine } from './policy.ts';
import { type Context, valuesOf } from './request.ts';
import { all, any, not, type Truth, truth } from './truth.ts';

interface Operator {
  readonly set: 'forallvalues' | 'foranyvalue' | undefined;
  readonly base: string;
  readonly ifExists: boolean;
}

function operatorOf(text: string): Operator {
  const [, set, base = '', suffix] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(text.toLowerCase()) ?? [];
  return { set: set as Operator['set'], base, ifExists: suffix !== undefined };
}

/** Whether AWS has such an operator, as far as we know. */
export function isKnownOperator(text: string): boolean {
  const { base } = operatorOf(text);
  return base === 'null' || base in positive || base in negated;
}

/**
 * A key that the request does not carry: IfExists is satisfied, ForAllValues too, ForAnyValue is not; of the
 * others the negated are satisfied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holdsOfNothing({ set, base, ifExists }: Operator): Truth {
  if (ifExists || set === 'forallvalues') return 'yes';
  return truth(set === undefined && base in negated);
}

/**
 * An empty text counts as an empty set, which ForAllValues lets pass; `Null` with `false` is what AWS names against it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const isEmptySet = (values: readonly string[]) => values.every((value) => value === '');

/** Keys that are times, numbers or addresses: whether AWS compares them as text too, it does not say. */
const notText =
  /^aws:(currenttime|epochtime|tokenissuetime|multifactorauthage|sourceip|vpcsourceip|ec2instancesourceprivateipv4)$/i;

/**
 * One line of a Condition. The values of the policy are alternatives; for a negated operator none of them may
 * match. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function lineHolds(line: ConditionLine, context: Context, hasVariables: boolean): Truth {
  const operator = operatorOf(line.operator);
  const values = valuesOf(context, line.key);
  if (operator.base === 'null' && operator.set === undefined && !operator.ifExists) {
    const isNull = values === undefined || isEmptySet(values);
    return any(line.values.map((wanted) => truth((wanted.toLowerCase() === 'true') === isNull)));
  }

  const isNegated = operator.base in negated;
  const base = negated[operator.base] ?? operator.base;
  const compare = positive[base];
  // AWS refuses a policy with an operator that it does not know; one that we do not know may be new.
  if (compare === undefined) return 'unsure';
  if (values === undefined) return holdsOfNothing(operator);

  const isAlien = base.startsWith('string') && notText.test(line.key);
  const test = (value: string): Truth => {
    const matched = any(
      line.values.map((wanted) => {
        // A variable without a value: this value of the policy matches nothing, hence a negated operator holds.
        const pattern = patternOf(wanted, context, hasVariables && takesVariables(base));
        const compared = pattern === undefined ? 'no' : compare(value, pattern);
        return isAlien && compared === 'yes' ? 'unsure' : compared;
      }),
    );
    return isNegated ? not(matched) : matched;
  };
  const each = values.map(test);
  if (operator.set === 'forallvalues') return isEmptySet(values) ? 'yes' : all(each);
  if (operator.set === 'foranyvalue') return any(each);
  // Several values and no set operator: AWS says not to, and not what happens. Where the readings agree, that.
  return all(each) === any(each) ? all(each) : 'unsure';
}

/** All lines must hold. */
export function conditionsHold(
  lines: readonly ConditionLine[],
  context: Context,
  hasVariables: boolean,
): Truth {
  return all(lines.map((line) => lineHolds(line, context, hasVariables)));
}
