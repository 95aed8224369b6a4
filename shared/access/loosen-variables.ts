import { hasArnSegments } from '../iam/arn-pattern.ts';
import type { KeyValue } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { escapeGlob, hasWildcard } from '../iam/glob.ts';
import type { Comparison } from '../iam/operator.ts';
import { fillVariables } from '../iam/variable.ts';
import { type Assignment, lookUpIn } from './assignment.ts';
import { type Goal, type LookUp, madeCondition, mayHold } from './goal.ts';
import { asksForMatch } from './key-candidates.ts';
import { domainOf } from './key-domain.ts';
import { solveKey } from './solve-key.ts';
import type { Frame } from './usual-request.ts';

/** Stand for whatever a variable may stand for, and for any one sign of it. */
const anyText = '\uE002';
const anySign = '\uE003';
const isOpen = (value: string) => value.includes(anyText) || value.includes(anySign);
const asGlob = (value: string) => value.replaceAll(anyText, '*').replaceAll(anySign, '?');

/** Whether a value matches one text only. */
const isExact = (comparison: Comparison, value: string): boolean =>
  comparison === 'StringEquals' ||
  ((comparison === 'StringLike' || comparison === 'ArnLike') && !hasWildcard(value));

/** The one text that a goal asks for, letter case aside; undefined where it asks for none or for several. */
function textAskedBy(goal: Goal, lookUp: LookUp): string | undefined {
  const { operator, values, variables } = goal.condition;
  const [value, ...others] = values;
  if (value === undefined || others.length > 0 || variables || !asksForMatch(goal)) return undefined;
  if (mayHold(goal.condition, goal.wanted, undefined, lookUp)) return undefined;
  if (operator.comparison === 'StringEqualsIgnoreCase') return anySign.repeat(value.length);
  return isExact(operator.comparison, value) ? value : undefined;
}

/** The value that a key must have: of what the caller settles, the one that a goal asks for, or none at all. */
export function onlyValue({ setting, budget }: Frame, assignment: Assignment, key: string): KeyValue {
  const domain = domainOf(key, setting);
  if (domain.state === 'fixed') return domain.value;
  const goals = assignment.get(key)?.goals ?? [];
  if (goals.length === 0) return anyText;
  const lookUp = lookUpIn(assignment, setting);
  if (solveKey({ key, domain, goals, lookUp, budget }, true).state === 'none') return undefined;
  const [text = anyText] = gather(goals, (goal) => textAskedBy(goal, lookUp));
  return text;
}

/** Comparisons of texts, which a text that stands for many can loosen. */
const ofTexts: ReadonlySet<Comparison> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnLike',
]);

/** Whether what matches a value, variables filled in, by the one comparison matches it by the other too. */
function implies(one: Comparison, other: Comparison, value: string): boolean {
  // A short pattern of ARNs may match or not.
  if (other === 'ArnLike' && !hasArnSegments(value.replace(/\$\{[^}]*\}/g, ''))) return false;
  return one === other || (ofTexts.has(other) && isExact(one, value));
}

/** Whether a goal forbids the value to the letter, whatever variables in it stand for. */
const isForbidden = (value: string, comparison: Comparison, goals: readonly Goal[]): boolean =>
  goals.some((goal) => {
    const { operator, variables, values } = goal.condition;
    if (!variables || asksForMatch(goal) || !values.includes(value)) return false;
    return implies(comparison, operator.comparison, value);
  });

/** A glob of whatever an open value can match; of a letter without its case, any sign. */
function globOf(value: string, comparison: Comparison): string {
  if (comparison === 'StringEquals') return asGlob(escapeGlob(value));
  if (comparison !== 'StringEqualsIgnoreCase') return asGlob(value);
  return asGlob(escapeGlob(value).replace(/\p{L}/gu, (letter) => '?'.repeat(letter.length)));
}

/**
 * A goal that holds whenever the given one can, whatever its variables stand for; undefined where that says nothing.
 * @param only the value that a key must have, or `anyText`
 */
export function loosened(goal: Goal, goals: readonly Goal[], only: LookUp): Goal | undefined {
  const { values, key, operator } = goal.condition;
  const { comparison } = operator;
  const fill = (value: string) => fillVariables(value, only);
  if (!asksForMatch(goal)) {
    const settled = gather(values, fill).filter((value) => !isOpen(value));
    const condition = { ...goal.condition, values: settled, variables: false };
    return settled.length === 0 ? undefined : { ...goal, condition };
  }
  if (!ofTexts.has(comparison)) return undefined;
  const possible = values.filter((value) => !isForbidden(value, comparison, goals));
  const left = gather(possible, fill);
  if (!left.some(isOpen)) return { condition: madeCondition(key, comparison, left), wanted: true };
  const like = comparison === 'ArnLike' ? comparison : 'StringLike';
  return {
    condition: madeCondition(
      key,
      like,
      left.map((value) => globOf(value, comparison)),
    ),
    wanted: true,
  };
}
