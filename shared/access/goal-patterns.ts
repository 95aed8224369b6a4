import { hasArnSegments } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import type { Comparison } from '../iam/operator.ts';
import { filledValues, type Goal, type LookUp } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { arnPattern, caselessPattern, globPattern, type Pattern, textPattern } from './pattern.ts';

/** A short pattern may match when a match is asked for, and need not when none is. */
function arnPatterns(value: string, asked: boolean): readonly Pattern[] {
  const whole = arnPattern(value);
  if (whole !== undefined) return [whole];
  return asked ? [globPattern(value), globPattern(`${value}:*`)] : [];
}

/** Whether a value matches one text alone, which has been tried where a match is asked for. */
const isTried = (value: string, comparison: Comparison) =>
  !hasWildcard(value) && (comparison === 'StringLike' || (comparison === 'ArnLike' && hasArnSegments(value)));

/** The patterns of a goal's values that are left to search among, or undefined when they are no texts. */
export function patternsOf(goal: Goal, lookUp: LookUp): readonly Pattern[] | undefined {
  const { comparison } = goal.condition.operator;
  const asked = asksForMatch(goal);
  const each = new Set(filledValues(goal.condition, lookUp));
  const values = [...each].filter((value) => !(asked && isTried(value, comparison)));
  if (comparison === 'StringLike') return values.map((value) => globPattern(value));
  if (comparison === 'ArnLike') return gather(values, (value) => arnPatterns(value, asked));
  if (comparison === 'StringEqualsIgnoreCase') return values.map(caselessPattern);
  if (comparison === 'StringEquals' || comparison === 'BinaryEquals') return values.map(textPattern);
  return undefined;
}
